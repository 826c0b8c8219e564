package io.promptforge.dao;

import io.promptforge.dao.access.Right;
import java.util.Map;

/**
 * What a method of a repository needs.
 *
 * @param right the right
 * @param subject what the first argument names
 * @param subjects how many arguments name one
 * @param fields the rights that are needed instead if the input sets a field, and not to false, by its name
 * @param enforceable whether the call needs {@link Right#ENFORCE_POLICIES} if the subject is an enforced policy
 * @param own whether every user may do it to the own account
 */
record Rule(Right right, Subject subject, int subjects, Map<String, Right> fields, boolean enforceable, boolean own) {

    static Rule of(Right right, Subject subject) {
        return new Rule(right, subject, 1, Map.of(), false, false);
    }

    Rule forTwo() {
        return new Rule(right, subject, 2, fields, enforceable, own);
    }

    Rule ifSet(String field, Right instead) {
        return new Rule(right, subject, subjects, Map.of(field, instead), enforceable, own);
    }

    Rule ofEnforceable() {
        return new Rule(right, subject, subjects, fields, true, own);
    }

    Rule orOwn() {
        return new Rule(right, subject, subjects, fields, enforceable, true);
    }
}
