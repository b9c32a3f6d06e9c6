package io.largesse.coupons;

import java.time.Clock;
import org.apache.ibatis.session.LocalCacheScope;
import org.mybatis.spring.annotation.MapperScan;
import org.mybatis.spring.boot.autoconfigure.ConfigurationCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The beans of this module. They need a data source, and {@link CodeKeys}. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableTransactionManagement
@MapperScan(
        basePackageClasses = CouponsConfiguration.class,
        annotationClass = org.apache.ibatis.annotations.Mapper.class)
public class CouponsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ConfigurationCustomizer rowMapping() {
        return mybatis -> {
            mybatis.setMapUnderscoreToCamelCase(true);
            mybatis.setArgNameBasedConstructorAutoMapping(true);
            // a loop that asks again must see what has changed
            mybatis.setLocalCacheScope(LocalCacheScope.STATEMENT);
            mybatis.getTypeHandlerRegistry().register(ZoneIdTypeHandler.class);
            mybatis.getTypeHandlerRegistry().register(TextArrayTypeHandler.class);
        };
    }
}
