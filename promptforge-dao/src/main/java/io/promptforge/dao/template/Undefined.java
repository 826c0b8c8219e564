package io.promptforge.dao.template;

/**
 * The value of a variable, or of a member of one, that is not given.
 *
 * @param path what is not given: {@code customer.name}
 */
record Undefined(String path) {}
