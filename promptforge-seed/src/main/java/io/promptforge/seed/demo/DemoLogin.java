package io.promptforge.seed.demo;

/**
 * How to log in as a demo user.
 *
 * @param email the e-mail
 * @param password the password, which is public
 */
public record DemoLogin(String email, String password) {}
