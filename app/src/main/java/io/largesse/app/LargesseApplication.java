package io.largesse.app;

import io.largesse.app.claim.ClaimSettings;
import io.largesse.app.claim.ClaimTrails;
import io.largesse.app.claim.UserTokens;
import io.largesse.archive.S3ObjectStore;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CouponsConfiguration;
import io.largesse.coupons.Lease;
import io.largesse.coupons.ObjectStore;
import io.largesse.jobs.JobSettings;
import io.largesse.jobs.JobsConfiguration;
import io.largesse.jobs.ProcessName;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Claims;
import io.largesse.pools.Pools;
import io.largesse.pools.RedisConnection;
import io.largesse.scheduler.SchedulerConfiguration;
import java.time.Clock;
import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;
import org.redisson.api.RedissonClient;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * How the parts are put together. The auto-configurations are named one by one: looking for all that could apply takes
 * longer than most commands.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LargesseSettings.class, ClaimSettings.class})
@Import({CouponsConfiguration.class, JobsConfiguration.class, SchedulerConfiguration.class})
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    MybatisAutoConfiguration.class
})
class LargesseApplication {

    private static final int CLAIM_CONNECTIONS = 16;

    @Bean
    ProcessName processName(LargesseSettings settings) {
        return new ProcessName(settings.processName());
    }

    @Bean
    JobSettings jobSettings(LargesseSettings settings) {
        return new JobSettings(
                settings.jobs().workers(),
                settings.jobs().chunk(),
                settings.home().resolve("tmp"));
    }

    @Bean
    Lease lease(LargesseSettings settings) {
        return new Lease(settings.jobs().lease());
    }

    @Bean
    CodeKeys codeKeys(LargesseSettings settings) {
        var named = settings.codes().keysFile();
        var file = named != null ? named : settings.home().resolve("keys").resolve("codes.keys");
        return new KeyFile(file, named == null).read();
    }

    @Bean(destroyMethod = "shutdown")
    @Primary
    RedissonClient redisson(@Value("${spring.data.redis.url}") String url) {
        return new RedisConnection(url).open();
    }

    /** Of its own: somebody waits for each answer, so it gives up sooner, and no job's large request is before it. */
    @Bean(destroyMethod = "shutdown")
    RedissonClient claimRedisson(@Value("${spring.data.redis.url}") String url, ClaimSettings settings) {
        return new RedisConnection(url, settings.timeout(), CLAIM_CONNECTIONS).open();
    }

    @Bean
    Claims claims(
            @Qualifier("claimRedisson") RedissonClient redisson, LargesseSettings settings, ClaimSettings claims) {
        return new Claims(redisson, settings.pools().shards(), claims.backlog());
    }

    @Bean
    ClaimStreams claimStreams(RedissonClient redisson) {
        return new ClaimStreams(redisson);
    }

    @Bean
    ClaimTrails claimTrails(Claims claims, Campaigns campaigns, Clock clock) {
        return new ClaimTrails(claims, campaigns, clock);
    }

    @Bean
    UserTokens userTokens(ClaimSettings claims, LargesseSettings settings, Clock clock) {
        var tokens = claims.tokens();
        var own = settings.home().resolve("keys").resolve("users.key");
        if (tokens.secretFile() == null && tokens.publicKey() == null && tokens.jwkSetUri() == null) {
            KeyFile.makeSecret(own);
        }
        return new UserTokens(tokens, own, clock);
    }

    @Bean
    Pools pools(RedissonClient redisson, LargesseSettings settings) {
        return new Pools(redisson, settings.pools().shards());
    }

    @Bean
    ObjectStore objectStore(LargesseSettings settings) {
        return new S3ObjectStore(settings.store().settings());
    }
}
