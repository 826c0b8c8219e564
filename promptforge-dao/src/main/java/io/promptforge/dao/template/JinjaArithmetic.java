package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Arithmetic of Python: whole numbers are exact, those with a point are floating-point numbers of 64 bits. */
final class JinjaArithmetic {
    private static final int MOST_BITS = 1_000;
    private static final int EXACT_BITS = 53;

    private JinjaArithmetic() {}

    /** The result, or {@link JinjaOperator#UNSUPPORTED}. */
    static Object apply(String name, @Nullable Object left, @Nullable Object right) {
        if (PythonValues.isInteger(left) && PythonValues.isInteger(right)) {
            return ofIntegers(name, new BigInteger(String.valueOf(left)), new BigInteger(String.valueOf(right)));
        }
        return left instanceof Number one && right instanceof Number other
                ? ofFractions(name, one.doubleValue(), other.doubleValue())
                : UNSUPPORTED;
    }

    static Object negated(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? UNSUPPORTED : number.negate();
        }
        return PythonValues.isInteger(value) ? small(new BigInteger(String.valueOf(value)).negate()) : UNSUPPORTED;
    }

    private static Object ofIntegers(String name, BigInteger one, BigInteger other) {
        boolean areTooGreat = one.bitLength() > MOST_BITS || other.bitLength() > MOST_BITS;
        boolean isDivision = name.equals("/") || name.equals("//") || name.equals("%");
        if (areTooGreat || (isDivision && other.signum() == 0)) {
            return UNSUPPORTED;
        }
        return switch (name) {
            case "+" -> small(one.add(other));
            case "-" -> small(one.subtract(other));
            case "*" -> small(one.multiply(other));
            case "//" -> small(floor(one, other));
            case "%" -> small(one.subtract(floor(one, other).multiply(other)));
            case "/" ->
                one.bitLength() <= EXACT_BITS && other.bitLength() <= EXACT_BITS
                        ? shortest(one.doubleValue() / other.doubleValue())
                        : UNSUPPORTED;
            case "**" -> power(one, other);
            default -> UNSUPPORTED;
        };
    }

    private static Object power(BigInteger base, BigInteger exponent) {
        boolean isSmall = exponent.signum() >= 0
                && exponent.bitLength() < Integer.SIZE
                && (long) exponent.intValue() * Math.max(1, base.bitLength()) <= MOST_BITS;
        return isSmall ? small(base.pow(exponent.intValue())) : UNSUPPORTED;
    }

    private static Object ofFractions(String name, double one, double other) {
        return switch (name) {
            case "+" -> shortest(one + other);
            case "-" -> shortest(one - other);
            case "*" -> shortest(one * other);
            case "/" -> other == 0 ? UNSUPPORTED : shortest(one / other);
            default -> UNSUPPORTED;
        };
    }

    private static Object shortest(double number) {
        return ShortestNumber.of(number).map(found -> (Object) found).orElse(UNSUPPORTED);
    }

    /** Division as in Python, towards the smaller number. */
    private static BigInteger floor(BigInteger one, BigInteger other) {
        BigInteger[] divided = one.divideAndRemainder(other);
        boolean isBelow = divided[1].signum() != 0 && divided[1].signum() != other.signum();
        return isBelow ? divided[0].subtract(BigInteger.ONE) : divided[0];
    }

    /** A whole number as values have it. */
    static Object small(BigInteger number) {
        return number.bitLength() < Integer.SIZE ? (Object) number.intValue() : number;
    }
}
