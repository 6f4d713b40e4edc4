package io.freshet.contracts.codec;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The constants of an enum as they are written: lower case, hyphens. */
final class Constants<E extends Enum<E>> {

    private static final ClassValue<Constants<?>> OF_TYPE =
            new ClassValue<>() {
                @Override
                @SuppressWarnings({"unchecked", "rawtypes"}) // asked for enums only
                protected Constants<?> computeValue(Class<?> type) {
                    return new Constants(type);
                }
            };

    private final Map<E, String> names;
    private final Map<String, E> named = new HashMap<>();

    private Constants(Class<E> type) {
        names = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            names.put(constant, name);
            named.put(name, constant);
        }
    }

    @SuppressWarnings("unchecked") // made of the type itself
    static <E extends Enum<E>> Constants<E> of(Class<E> type) {
        return (Constants<E>) OF_TYPE.get(type);
    }

    static <E extends Enum<E>> String name(E constant) {
        return Objects.requireNonNull(of(constant.getDeclaringClass()).names.get(constant));
    }

    @Nullable E named(String name) {
        return named.get(name);
    }

    /** In the order of the constants. */
    Collection<String> names() {
        return names.values();
    }
}
