package io.promptforge.dao;

import io.promptforge.dao.access.Right;
import io.promptforge.dao.input.Input;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks each call of a repository before it runs: by the {@link Rules}, whether the actor has the right in the projects that the call is
 * about. It asks the database for a project only if the answer depends on it.
 */
final class Guard implements InvocationHandler {
    private final Object repository;
    private final Access access;
    private final JooqSubjects stored;

    private Guard(Object repository, Access access, JooqSubjects stored) {
        this.repository = repository;
        this.access = access;
        this.stored = stored;
    }

    /** The repository for an actor; the repository itself for the service. */
    static <R> R over(Class<R> type, R repository, Access access, JooqSubjects stored) {
        return access.isOfService()
                ? repository
                : type.cast(Proxy.newProxyInstance(
                        Guard.class.getClassLoader(), new Class<?>[] {type}, new Guard(repository, access, stored)));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() != Object.class) {
            check(Rules.of(method), arguments == null ? List.of() : Arrays.asList(arguments));
        } else if (method.getName().equals("equals")) {
            return arguments != null && isEqual(arguments[0]);
        }
        try {
            return method.invoke(repository, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Those of equal handles are equal, as without a guard. */
    private boolean isEqual(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof Guard guard
                && access.equals(guard.access)
                && repository.equals(guard.repository);
    }

    private void check(Rule rule, List<@Nullable Object> arguments) {
        if (rule.own() && access.isOf(arguments.get(0))) {
            return;
        }
        check(rule.right(), rule, arguments);
        for (Map.Entry<String, Right> field : rule.fields().entrySet()) {
            if (arguments.stream().anyMatch(argument -> sets(argument, field.getKey()))) {
                check(field.getValue(), rule, arguments);
            }
        }
        if (rule.enforceable()
                && !access.hasEverywhere(Right.ENFORCE_POLICIES)
                && stored.isEnforced(arguments.get(0))) {
            check(Right.ENFORCE_POLICIES, rule, arguments);
        }
    }

    private void check(Right right, Rule rule, List<@Nullable Object> arguments) {
        if (rule.subject() == Subject.ORGANIZATION) {
            access.require(right);
        } else if (rule.subject() == Subject.SHARED) {
            access.requireAnywhere(right);
        } else if (!access.differs(right)) {
            access.requireEverywhere(right);
        } else {
            projects(rule, arguments)
                    .ifPresentOrElse(
                            named -> named.forEach(project -> access.require(right, project)),
                            () -> access.requireEverywhere(right));
        }
    }

    /** The projects that the call is about; empty if it is about all of them. Those of ids that are not found are left out. */
    private Optional<Set<UUID>> projects(Rule rule, List<@Nullable Object> arguments) {
        Set<UUID> projects = new HashSet<>();
        Set<UUID> ids = new HashSet<>();
        List<Object> naming =
                arguments.stream().filter(Guard::names).limit(rule.subjects()).toList();
        for (Object argument : naming) {
            for (Object element : argument instanceof Collection<?> many ? many : List.of(argument)) {
                if (element instanceof UUID id) {
                    ids.add(id);
                } else if (element instanceof Input<?> input && !name(input, rule.subject(), projects, ids)) {
                    return Optional.empty();
                }
            }
        }
        if (naming.isEmpty()) {
            return Optional.empty();
        }
        projects.addAll(stored.projectsOf(rule.subject(), ids));
        return Optional.of(projects);
    }

    private static boolean sets(@Nullable Object argument, String field) {
        return argument instanceof Collection<?> many
                ? many.stream().anyMatch(element -> sets(element, field))
                : argument instanceof Input<?> input
                        && input.value(field)
                                .filter(value -> !value.equals(false))
                                .isPresent();
    }

    private static boolean names(@Nullable Object argument) {
        return argument instanceof UUID || argument instanceof Collection || argument instanceof Input;
    }

    /** Adds what an input names; false if that is nothing. */
    private static boolean name(Input<?> input, Subject subject, Set<UUID> projects, Set<UUID> ids) {
        Optional<Object> project = input.value("project_id");
        Optional<Object> several = input.value("project_ids");
        Optional<Object> id = input.value(subject.field());
        project.map(UUID.class::cast).ifPresent(projects::add);
        several.ifPresent(list -> ((Collection<?>) list).forEach(each -> projects.add((UUID) each)));
        id.map(UUID.class::cast).ifPresent(ids::add);
        return project.isPresent() || several.isPresent() || id.isPresent();
    }
}
