package io.promptforge.seed.junit;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** An application with a table of its own, which it fills when it starts. */
@Configuration(proxyBeanMethods = false)
class SpringApplicationConfiguration {
    /** How many application contexts were started. */
    static final AtomicInteger STARTED = new AtomicInteger();

    @Bean
    DataSource dataSource(@Value("${spring.datasource.url}") String url) {
        return new DriverManagerDataSource(url);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new DataSourceTransactionManager(dataSource);
    }

    @Bean
    JdbcTemplate jdbc(DataSource dataSource) {
        STARTED.incrementAndGet();
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL)");
        jdbc.execute("INSERT INTO notes (text) VALUES ('from the start')");
        return jdbc;
    }
}
