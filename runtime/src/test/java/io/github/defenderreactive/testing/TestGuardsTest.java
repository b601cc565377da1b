package io.github.defenderreactive.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

class TestGuardsTest {

    @Test
    void shouldFindABufferThatNobodyReleased() {
        LeakGuard.check();
        lose();
        assertThatThrownBy(LeakGuard::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 leaked buffer")
                .hasMessageContaining("TestGuardsTest.lose");
        assertThatCode(LeakGuard::check).as("a leak is reported once").doesNotThrowAnyException();
    }

    /** A frame of its own, so that no register keeps the buffer. */
    private static void lose() {
        ByteBuf lost = ByteBufAllocator.DEFAULT.directBuffer(16);
        lost.writeByte(1);
    }

    @Test
    void shouldFindAnErrorThatCameTooLate() {
        Operators.onErrorDropped(new IllegalStateException("too late"), Context.empty());
        assertThatThrownBy(DroppedErrors::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 dropped error")
                .hasMessageContaining("too late");
        assertThat(DroppedErrors.collect()).isEmpty();
    }
}
