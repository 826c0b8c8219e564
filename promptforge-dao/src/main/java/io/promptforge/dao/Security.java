package io.promptforge.dao;

import io.promptforge.dao.internal.secret.KeyedHash;
import io.promptforge.dao.internal.secret.Seal;
import io.promptforge.dao.user.JooqLogins;

/**
 * What the handles of one PromptForge share of the host's secrets.
 *
 * @param logins hash passwords
 * @param apiKeyHash hashes the texts of API keys
 * @param seal seals the credentials of providers
 */
record Security(JooqLogins logins, KeyedHash apiKeyHash, Seal seal) {}
