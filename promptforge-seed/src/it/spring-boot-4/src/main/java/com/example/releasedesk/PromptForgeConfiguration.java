package com.example.releasedesk;

import io.promptforge.dao.PromptForge;
import io.promptforge.schema.Migrations;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class PromptForgeConfiguration {
    /** @param confined whether an administrator migrates the database, and the service's role may only see one tenant at a time */
    @Bean
    PromptForge promptForge(DataSource dataSource, @Value("${release-desk.confined:false}") boolean confined) {
        Migrations migrations = Migrations.of(dataSource);
        if (confined) {
            migrations.validateConfined();
        } else {
            migrations.apply();
        }
        return PromptForge.create(new TransactionAwareDataSourceProxy(dataSource));   // takes part in @Transactional
    }

    @Bean
    WebMvcConfigurer callersOfRequests(Callers callers) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(callers);
            }
        };
    }
}
