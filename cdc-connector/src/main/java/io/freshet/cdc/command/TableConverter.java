package io.freshet.cdc.command;

import io.freshet.cdc.rule.TableName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a table's name as SQL does. */
final class TableConverter implements ITypeConverter<TableName> {

    @Override
    public TableName convert(String value) {
        try {
            return TableName.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
