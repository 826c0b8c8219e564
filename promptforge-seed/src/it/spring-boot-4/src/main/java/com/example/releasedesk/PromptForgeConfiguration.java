package com.example.releasedesk;

import io.promptforge.dao.PromptForge;
import io.promptforge.schema.Migrations;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

@Configuration(proxyBeanMethods = false)
class PromptForgeConfiguration {
    @Bean
    PromptForge promptForge(DataSource dataSource) {
        Migrations.apply(dataSource);
        return PromptForge.create(new TransactionAwareDataSourceProxy(dataSource));   // takes part in @Transactional
    }
}
