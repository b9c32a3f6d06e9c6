package io.largesse.app.claim;

import com.github.benmanes.caffeine.cache.Ticker;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.Archives;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.Installation;
import io.largesse.coupons.PoolNumbers;
import io.largesse.coupons.Runs;
import io.largesse.coupons.ServiceTokens;
import io.largesse.jobs.RestoreArchiveDesk;
import io.largesse.pools.ClaimLanes;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Claims;
import io.largesse.pools.Pools;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.filter.RequestContextFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The beans of a node that serves claims; Redis' are the application's. Without the role {@code claim} it answers none, and
 * still writes those that others have answered.
 */
@Configuration(proxyBeanMethods = false)
@Import({Security.class, Problems.class, UserCouponsController.class, ApiDescription.class})
public class ClaimConfiguration {

    @Bean
    News news(ClaimDatabase database) {
        return new News(database);
    }

    @Bean
    CampaignBoard campaignBoard(Campaigns campaigns, News news, Clock clock) {
        return new CampaignBoard(campaigns, news, clock);
    }

    @Bean
    ShardEpochs shardEpochs(ClaimShards shards, Claims claims, Installation installation, Pools pools, News news) {
        return new ShardEpochs(shards, claims, installation, pools.shards(), news);
    }

    /** Where codes of other shards are looked for. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService codeSearches() {
        return Executors.newFixedThreadPool(2, work -> new Thread(work, "codes"));
    }

    @Bean
    ClaimLanes claimLanes(Claims claims, Pools pools, ShardEpochs epochs, ExecutorService codeSearches) {
        claims.reach(); // before anybody is told that the node answers
        return new ClaimLanes(claims, pools, epochs, codeSearches);
    }

    @Bean
    ClaimDesk claimDesk(
            CampaignBoard board,
            ClaimLanes lanes,
            ClaimSettings settings,
            Clock clock,
            Isolation isolation,
            @Value("${largesse.roles.claim}") boolean answers) {
        return new ClaimDesk(board, lanes, settings, clock, isolation, answers);
    }

    @Bean
    Isolation isolation(ClaimDatabase database, Claims claims, CampaignBoard board, ApplicationContext context) {
        return new Isolation(database, claims, board, context);
    }

    @Bean
    ClaimRebuild claimRebuild(
            Claims claims, Pools pools, ClaimShards shards, Campaigns campaigns, TransactionOperations transactions) {
        return new ClaimRebuild(claims, pools, shards, campaigns, transactions);
    }

    /** After the epochs: until then a shard that is new looks like one that has lost its data. */
    @Bean
    ClaimWatch claimWatch(
            Claims claims,
            ClaimStreams streams,
            ClaimShards shards,
            ClaimRebuild rebuild,
            ClaimDatabase database,
            ShardEpochs epochs) {
        return new ClaimWatch(claims, streams, shards, rebuild, database);
    }

    @Bean
    ClaimRepair claimRepair(
            ClaimShards shards,
            Archives archives,
            RestoreArchiveDesk archive,
            Claims claims,
            Pools pools,
            PoolNumbers numbers,
            TransactionOperations transactions) {
        return new ClaimRepair(shards, archives, archive, claims, pools, numbers, transactions);
    }

    @Bean
    ClaimDatabase claimDatabase(
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username}") String user,
            @Value("${spring.datasource.password}") String password,
            @Value("${largesse.process-name}") String self) {
        return new ClaimDatabase(url, user, password, self);
    }

    @Bean
    ClaimDrain claimDrain(
            ClaimStreams streams,
            ClaimRepair repair,
            ClaimDatabase database,
            ClaimSettings settings,
            Pools pools,
            Clock clock) {
        return new ClaimDrain(streams, repair, database, settings, pools.shards(), clock);
    }

    @Bean
    ClaimServer claimServer(
            Tokens tokens,
            ClaimDesk desk,
            ClaimMetrics metrics,
            Problems problems,
            JsonMapper json,
            ClaimSettings settings) {
        var handler = new ClaimHandler(tokens, desk, metrics, problems, json, settings);
        return new ClaimServer(handler, tokens);
    }

    @Bean
    Looks looks(ClaimSettings settings) {
        return new Looks(settings.looksPerMinute(), Ticker.systemTicker());
    }

    /** Puts each request where nobody here looks for it. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        var registration = new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    ClaimMetrics claimMetrics(MeterRegistry registry) {
        return new ClaimMetrics(registry);
    }

    @Bean
    Figures figures(
            CampaignBoard board,
            Pools pools,
            Claims claims,
            ClaimStreams streams,
            ClaimShards shards,
            Allotments allotments,
            Runs runs,
            MeterRegistry registry,
            Clock clock) {
        return new Figures(board, pools, claims, streams, shards, allotments, runs, registry, clock);
    }

    @Bean
    ClaimHealth claimHealth(Claims claims, ClaimDrain drain, Isolation isolation) {
        return new ClaimHealth(claims, drain, isolation);
    }

    @Bean
    ServiceTokenAuthentication serviceTokenAuthentication(ServiceTokens tokens, News news, Clock clock) {
        return new ServiceTokenAuthentication(tokens, news, clock);
    }
}
