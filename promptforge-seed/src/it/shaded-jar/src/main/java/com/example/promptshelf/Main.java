package com.example.promptshelf;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.PromptForge;
import io.promptforge.schema.Migrations;

/** {@code java -jar prompt-shelf.jar put NAME TEMPLATE}, and {@code get NAME}, on the database that JDBC_URL names. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        try (HikariDataSource dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl(System.getenv("JDBC_URL"));
            Migrations.apply(dataSource);
            Shelf shelf = Shelf.open(PromptForge.create(dataSource));
            switch (args[0]) {
                case "put" -> System.out.println("Version " + shelf.put(args[1], args[2]));
                case "get" -> System.out.println(shelf.get(args[1]).orElse("There is none."));
                default -> System.out.println("Neither put nor get: " + args[0]);
            }
        }
    }
}
