package io.largesse.app.claim;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API as OpenAPI tells it. What the framework cannot see, since a handler before it answers, is said here. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String TOKEN = "token";
    private static final String COUPON = "#/components/schemas/ClaimedCoupon";

    @Bean
    OpenApiCustomizer description() {
        return api -> {
            api.info(new Info()
                    .title("Largesse")
                    .version("v1")
                    .description("Users claim coupons, one at a time. Ids are strings, amounts are minor units of the"
                            + " currency, times are instants in UTC."));
            api.getComponents()
                    .addSecuritySchemes(
                            TOKEN,
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .description("A user's JWT, or a program's token."));
            api.addSecurityItem(new SecurityRequirement().addList(TOKEN));
            api.getComponents().addSchemas("Problem", problem());
            api.path("/api/v1/campaigns/{campaign}/claims", claims());
        };
    }

    private static PathItem claims() {
        var operation = new Operation()
                .operationId("claim")
                .summary("Claim a coupon")
                .description(
                        "For the user of the token; a program names the user. A request that is repeated gets the same coupon:"
                                + " if the campaign's limit is one, or with the same Idempotency-Key.")
                .addParametersItem(new PathParameter().name("campaign").schema(new StringSchema()))
                .addParametersItem(new HeaderParameter()
                        .name("Idempotency-Key")
                        .description("1 to 64 visible ASCII characters, the same if the request is repeated.")
                        .schema(new StringSchema()))
                .requestBody(new RequestBody()
                        .description("Only for programs; up to 1,000 bytes, with a Content-Length.")
                        .content(json(new ObjectSchema().addProperty("user", new StringSchema()))))
                .responses(new ApiResponses()
                        .addApiResponse("201", answer("The coupon.", json(new Schema<>().$ref(COUPON))))
                        .addApiResponse(
                                "200", answer("The coupon of an earlier request.", json(new Schema<>().$ref(COUPON))))
                        .addApiResponse("400", refusal("The request is not understood."))
                        .addApiResponse("401", refusal("No valid token."))
                        .addApiResponse("403", refusal("Not open yet, paused, over, or not for this user."))
                        .addApiResponse("404", refusal("No such campaign, or none of which users may claim."))
                        .addApiResponse("409", refusal("Limit reached, or sold out."))
                        .addApiResponse("429", refusal("Too many requests; see Retry-After."))
                        .addApiResponse("500", refusal("Something is broken here; it is in the log."))
                        .addApiResponse("503", refusal("Not for the moment; see Retry-After.")));
        return new PathItem().post(operation);
    }

    private static Schema<?> problem() {
        var types = Arrays.stream(Problem.Type.values())
                .map(type -> "urn:largesse:problem:" + type.word())
                .collect(Collectors.joining(", "));
        return new ObjectSchema()
                .description("RFC 9457. Types: " + types)
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new io.swagger.v3.oas.models.media.IntegerSchema())
                .addProperty("detail", new StringSchema());
    }

    private static ApiResponse refusal(String description) {
        var schema = new Schema<>().$ref("#/components/schemas/Problem");
        return answer(
                description, new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }

    private static ApiResponse answer(String description, Content content) {
        return new ApiResponse().description(description).content(content);
    }

    private static Content json(Schema<?> schema) {
        return new Content().addMediaType("application/json", new MediaType().schema(schema));
    }
}
