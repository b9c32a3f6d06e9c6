package io.largesse.app.claim;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.ServiceTokens;
import io.largesse.pools.ClaimLanes;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Claims;
import io.largesse.pools.Pools;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.filter.RequestContextFilter;
import tools.jackson.databind.json.JsonMapper;

/** The beans of a node that serves claims; Redis' are the application's. */
@Configuration(proxyBeanMethods = false)
@Import({Security.class, Problems.class, UserCouponsController.class})
public class ClaimConfiguration {

    @Bean
    News news(DataSource database) {
        return new News(database);
    }

    @Bean
    CampaignBoard campaignBoard(Campaigns campaigns, News news, Clock clock) {
        return new CampaignBoard(campaigns, news, clock);
    }

    @Bean
    ShardEpochs shardEpochs(ClaimShards shards, Claims claims, Pools pools, News news) {
        return new ShardEpochs(shards, claims, pools.shards(), news);
    }

    /** Where codes of other shards are looked for. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService codeSearches() {
        return Executors.newFixedThreadPool(2, work -> new Thread(work, "codes"));
    }

    @Bean
    ClaimLanes claimLanes(Claims claims, Pools pools, ShardEpochs epochs, ExecutorService codeSearches) {
        return new ClaimLanes(claims, pools, epochs, codeSearches);
    }

    @Bean
    ClaimDesk claimDesk(CampaignBoard board, ClaimLanes lanes, ClaimSettings settings, Clock clock) {
        return new ClaimDesk(board, lanes, settings, clock);
    }

    @Bean
    ClaimRepair claimRepair(ClaimShards shards, Claims claims, Pools pools) {
        return new ClaimRepair(shards, claims, pools);
    }

    @Bean
    ClaimDrain claimDrain(
            ClaimStreams streams,
            ClaimShards shards,
            ClaimRepair repair,
            DataSource database,
            TransactionOperations transactions,
            ClaimSettings settings,
            @Value("${largesse.process-name}") String self,
            Pools pools,
            Clock clock) {
        return new ClaimDrain(streams, shards, repair, database, transactions, settings, self, pools.shards(), clock);
    }

    @Bean
    ServletRegistrationBean<ClaimServlet> claimServlet(
            ClaimDesk desk, ClaimMetrics metrics, Problems problems, JsonMapper json, ClaimSettings settings) {
        return new ServletRegistrationBean<>(
                new ClaimServlet(desk, metrics, problems, json, settings), ClaimServlet.PATH);
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
    ServiceTokenAuthentication serviceTokenAuthentication(ServiceTokens tokens, News news, Clock clock) {
        return new ServiceTokenAuthentication(tokens, news, clock);
    }
}
