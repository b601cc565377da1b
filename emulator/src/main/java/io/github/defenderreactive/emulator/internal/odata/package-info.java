/** Collections and entities as OData: rows, filters, pages. */
@NullMarked
package io.github.defenderreactive.emulator.internal.odata;

import org.jspecify.annotations.NullMarked;
