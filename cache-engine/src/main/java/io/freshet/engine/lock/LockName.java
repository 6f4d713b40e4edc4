package io.freshet.engine.lock;

import java.util.regex.Pattern;

/** The name of a lock: 1 to 200 letters, digits, '.', '_', ':' and '-'. */
public record LockName(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

    public LockName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the name of a lock is 1 to 200 letters, digits, '.', '_', ':' or '-'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
