/**
 * What the core needs from technology. One method is one atomic unit; an acknowledged write is
 * durable; everything is thread-safe and null-free; broken technology is a {@code
 * Problem.Unavailable}. The contract tests beside these ports say the same in code.
 */
package io.meterport.application.spi;
