package io.promptforge.dao;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What callers get to see of a class: all types that its declaration and its visible members name, generics included. */
final class Signatures {

    private Signatures() {}

    static ArchCondition<JavaClass> nameNone(DescribedPredicate<JavaClass> unwanted) {
        return new ArchCondition<>("name none of " + unwanted.getDescription() + " in their signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                named(type)
                        .filter(unwanted)
                        .forEach(name -> events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " is declared with " + name.getName())));
                for (JavaMember member : type.getMembers()) {
                    if (isVisible(member.getModifiers())) {
                        member.getAllInvolvedRawTypes().stream()
                                .filter(unwanted)
                                .forEach(name -> events.add(SimpleConditionEvent.violated(
                                        member, member.getFullName() + " names " + name.getName())));
                    }
                }
                type.getCodeUnits().stream()
                        .filter(unit -> isVisible(unit.getModifiers()))
                        .flatMap(unit -> unit.getExceptionTypes().stream()
                                .filter(unwanted)
                                .map(thrown -> SimpleConditionEvent.violated(
                                        unit, unit.getFullName() + " throws " + thrown.getName())))
                        .forEach(events::add);
            }
        };
    }

    /** Whether a caller in another package can name the class. */
    static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(Signatures::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> named(JavaClass type) {
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        return parents.flatMap(parent -> parent.getAllInvolvedRawTypes().stream()).collect(Collectors.toSet()).stream();
    }
}
