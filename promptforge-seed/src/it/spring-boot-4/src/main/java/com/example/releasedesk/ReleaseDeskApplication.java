package com.example.releasedesk;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Publishes prompts, and keeps a journal of who got what and why. */
@SpringBootApplication
public class ReleaseDeskApplication {
    public static void main(String[] args) {
        SpringApplication.run(ReleaseDeskApplication.class, args);
    }
}
