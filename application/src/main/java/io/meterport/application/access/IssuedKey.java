package io.meterport.application.access;

import io.meterport.domain.portal.TokenSecret;

/** A key just made, with its secret, which nobody will see again. */
public record IssuedKey(ApiKey key, TokenSecret secret) {}
