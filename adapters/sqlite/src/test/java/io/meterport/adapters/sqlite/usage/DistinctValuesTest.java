package io.meterport.adapters.sqlite.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterport.adapters.sqlite.rollup.ValueHash;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DistinctValuesTest {
    @Property
    void countsEachHashOnce(@ForAll List<@LongRange(min = -3, max = 300) Long> numbers) {
        Set<ValueHash> expected = new HashSet<>();
        DistinctValues values = new DistinctValues();

        for (long number : numbers) {
            ValueHash hash = new ValueHash(number / 7, number % 7);
            assertThat(values.add(hash)).isEqualTo(expected.add(hash));
        }

        assertThat(values.size()).isEqualTo(expected.size());
    }
}
