/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-key-table.h"

#define END { NULL, NULL }

/* Objects of one kind under names that users choose, or a list of them. */
#define EACH(set) { .each = &(set) }

/* models.providers.ID.models[] */

static const OcgKeySet cost = {
  .keys = (const OcgKey[]){ { "input", NULL },
                            { "output", NULL },
                            { "cacheRead", NULL },
                            { "cacheWrite", NULL },
                            END },
  .others = "tieredPricing",
};

/* Of what only OpenClaw reads there is more with each version. */
static const OcgKeySet compat = {
  .rule = OCG_KEYS_LOOSE,
  .keys = (const OcgKey[]){ { "supportsStore", NULL },
                            { "supportsDeveloperRole", NULL },
                            { "supportsReasoningEffort", NULL },
                            { "supportsStrictMode", NULL },
                            { "supportsTemperature", NULL },
                            { "supportsUsageInStreaming", NULL },
                            { "maxTokensField", NULL },
                            { "thinkingFormat", NULL },
                            { "forceAdaptiveThinking", NULL },
                            { "requiresMistralToolIds", NULL },
                            { "requiresReasoningContentOnAssistantMessages", NULL },
                            { "requiresToolResultName", NULL },
                            { "zaiToolStream", NULL },
                            END },
  .others = "allowedFallbackModels cacheControlFormat codeMode nativeWebSearchTool "
            "openRouterRouting openaiCompletionsTools reasoningEffortMap "
            "requiresAssistantAfterToolResult requiresOpenAiAnthropicToolPayload "
            "requiresStringContent requiresThinkingAsText sendSessionAffinityHeaders "
            "sendSessionIdHeader strictMessageKeys supportedParameters supportedReasoningEfforts "
            "supportsAdditionalTools supportsEagerToolInputStreaming "
            "supportsExplicitPromptCacheMode supportsInstructions "
            "supportsJsonSchemaResponseFormat supportsLongCacheRetention supportsMidConvoEffort "
            "supportsMidConvoSystemMessages supportsMidConvoToolAdditions "
            "supportsMidConvoToolChanges supportsOpenAIGrammarTools supportsPromptCacheKey "
            "supportsStrictTools supportsToolSearch supportsTools toolCallArgumentsEncoding "
            "toolSchemaProfile unsupportedToolSchemaKeywords vercelGatewayRouting "
            "visibleReasoningDetailTypes",
};

static const OcgKeySet model = {
  .keys = (const OcgKey[]){ { "id", NULL },
                            { "name", NULL },
                            { "api", NULL },
                            { "reasoning", NULL },
                            { "input", NULL },
                            { "cost", &cost },
                            { "contextWindow", NULL },
                            { "contextTokens", NULL },
                            { "maxTokens", NULL },
                            { "headers", NULL },
                            { "compat", &compat },
                            END },
  .others = "agentRuntime baseUrl mediaInput metadataSource params thinkingLevelMap",
  .synonyms = (const OcgKeySynonym[]){ { "contextlength", "contextWindow" },
                                       { "maxcontext", "contextWindow" },
                                       { "context", "contextWindow" },
                                       { "maxoutputtokens", "maxTokens" },
                                       { "maxoutput", "maxTokens" },
                                       { "price", "cost" },
                                       { "pricing", "cost" },
                                       { "model", "id" },
                                       END },
};

static const OcgKeySet models_of_provider = EACH (model);

static const OcgKeySet provider = {
  .keys = (const OcgKey[]){ { "baseUrl", NULL },
                            { "apiKey", NULL },
                            { "auth", NULL },
                            { "api", NULL },
                            { "headers", NULL },
                            { "authHeader", NULL },
                            { "models", &models_of_provider },
                            { "timeoutSeconds", NULL },
                            END },
  .others = "agentRuntime contextTokens contextWindow injectNumCtxForOpenAICompat localService "
            "maxTokens params region request",
  .synonyms = (const OcgKeySynonym[]){ { "url", "baseUrl" },
                                       { "endpoint", "baseUrl" },
                                       { "base", "baseUrl" },
                                       { "apibase", "baseUrl" },
                                       { "apiurl", "baseUrl" },
                                       { "key", "apiKey" },
                                       { "token", "apiKey" },
                                       { "type", "api" },
                                       { "timeout", "timeoutSeconds" },
                                       END },
};

static const OcgKeySet providers = EACH (provider);

static const OcgKeySet models = {
  .keys = (const OcgKey[]){ { "mode", NULL }, { "providers", &providers }, END },
  .others = "bedrockDiscovery copilotDiscovery huggingfaceDiscovery ollamaDiscovery pricing",
};

/* agents */

static const OcgKeySet chosen_model = {
  .keys = (const OcgKey[]){ { "primary", NULL }, { "fallbacks", NULL }, END },
  .others = "timeoutMs",
  .synonyms = (const OcgKeySynonym[]){ { "default", "primary" }, { "model", "primary" }, END },
};

static const OcgKeySet model_entry = {
  .keys = (const OcgKey[]){ { "alias", NULL }, { "params", NULL }, { "streaming", NULL }, END },
  .others = "agentRuntime codexHarness",
  .synonyms = (const OcgKeySynonym[]){ { "name", "alias" }, { "stream", "streaming" }, END },
};

static const OcgKeySet model_entries = EACH (model_entry);

static const OcgKeySet defaults = {
  .rule = OCG_KEYS_LOOSE,
  .keys = (const OcgKey[]){ { "model", &chosen_model },
                            { "models", &model_entries },
                            { "imageModel", &chosen_model },
                            { "timeoutSeconds", NULL },
                            { "thinkingDefault", NULL },
                            END },
  .synonyms = (const OcgKeySynonym[]){ { "timeout", "timeoutSeconds" },
                                       { "timeoutsecs", "timeoutSeconds" },
                                       { "thinking", "thinkingDefault" },
                                       { "thinkinglevel", "thinkingDefault" },
                                       { "primary", "model.primary" },
                                       { "fallbacks", "model.fallbacks" },
                                       END },
  .others = "agentRuntime blockStreamingBreak blockStreamingChunk blockStreamingCoalesce "
            "blockStreamingDefault bootstrapMaxChars bootstrapPromptTruncationWarning "
            "bootstrapTotalMaxChars cliBackends compaction contextInjection contextLimits "
            "contextPruning contextTokens elevatedDefault embeddedHarness embeddedPi "
            "envelopeElapsed envelopeTimestamp envelopeTimezone experimental heartbeat humanDelay "
            "imageGenerationModel imageMaxDimensionPx llm maxConcurrent "
            "mediaGenerationAutoProviderFallback mediaMaxMb memorySearch musicGenerationModel "
            "params pdfMaxBytesMb pdfMaxPages pdfModel "
            "reasoningDefault repoRoot runRetries runtime sandbox silentReply skills skipBootstrap "
            "skipOptionalBootstrapFiles startupContext subagents systemPromptOverride timeFormat "
            "toolProgressDetail tools typingIntervalSeconds typingMode userTimezone utilityModel "
            "verboseDefault videoGenerationModel voiceModel workspace",
};

static const OcgKeySet agents = {
  .rule = OCG_KEYS_LOOSE,
  .keys = (const OcgKey[]){ { "defaults", &defaults }, END },
  .others = "list",
};

/* auth, plugins, env */

static const OcgKeySet profile = {
  .keys = (const OcgKey[]){ { "provider", NULL }, { "mode", NULL }, { "email", NULL }, END },
  .others = "displayName type",
};

static const OcgKeySet profiles = EACH (profile);

static const OcgKeySet cooldowns = {
  .keys = (const OcgKey[]){ { "billingBackoffHours", NULL },
                            { "billingBackoffHoursByProvider", NULL },
                            { "billingMaxHours", NULL },
                            { "failureWindowHours", NULL },
                            END },
  .others = "authPermanentBackoffMinutes authPermanentMaxMinutes overloadedBackoffMs "
            "overloadedProfileRotations rateLimitedProfileRotations",
};

static const OcgKeySet auth = {
  .keys = (const OcgKey[]){ { "profiles", &profiles },
                            { "order", NULL },
                            { "cooldowns", &cooldowns },
                            END },
};

static const OcgKeySet plugin_entry = {
  .rule = OCG_KEYS_LOOSE,
  .keys = (const OcgKey[]){ { "enabled", NULL }, END },
  .others = "apiKey config env hooks llm subagent",
  .synonyms = (const OcgKeySynonym[]){ { "disabled", "enabled" }, END },
};

static const OcgKeySet plugin_entries = EACH (plugin_entry);

static const OcgKeySet plugins = {
  .rule = OCG_KEYS_LOOSE,
  .keys = (const OcgKey[]){ { "entries", &plugin_entries }, END },
  .others = "allow bundledDiscovery deny enabled installs load slots",
};

static const OcgKeySet shell_env = {
  .keys = (const OcgKey[]){ { "enabled", NULL }, { "timeoutMs", NULL }, END },
  .synonyms = (const OcgKeySynonym[]){ { "timeout", "timeoutMs" }, END },
};

static const OcgKeySet env = {
  .rule = OCG_KEYS_OBJECTS,
  .keys = (const OcgKey[]){ { "vars", NULL }, { "shellEnv", &shell_env }, END },
  .synonyms = (const OcgKeySynonym[]){ { "variables", "vars" }, { "shell", "shellEnv" }, END },
};

/* The files */

const OcgKeySet ocg_config_keys = {
  .rule = OCG_KEYS_LOOSE,
  .keys = (const OcgKey[]){ { "env", &env },
                            { "models", &models },
                            { "agents", &agents },
                            { "auth", &auth },
                            { "plugins", &plugins },
                            END },
  .others = "$schema accessGroups acp approvals audio bindings broadcast browser canvasHost "
            "channels cli commands commitments crestodian cron diagnostics discovery gateway hooks "
            "logging mcp media memory messages meta nodeHost proxy secrets security session skills "
            "surfaces talk telemetry tools transcripts tts ui update web wizard worktrees",
  .synonyms = (const OcgKeySynonym[]){ { "providers", "models.providers" },
                                       { "provider", "models.providers" },
                                       { "defaults", "agents.defaults" },
                                       { "primary", "agents.defaults.model.primary" },
                                       { "fallbacks", "agents.defaults.model.fallbacks" },
                                       { "defaultmodel", "agents.defaults.model.primary" },
                                       { "environment", "env" },
                                       { "enviroment", "env" },
                                       END },
};

const OcgKeySet ocg_models_json_keys = {
  .keys = (const OcgKey[]){ { "providers", &providers }, END },
};

static const OcgKeySet timeouts = {
  .keys = (const OcgKey[]){ { "connectMs", NULL },
                            { "headersMs", NULL },
                            { "firstEventMs", NULL },
                            { "idleMs", NULL },
                            { "totalMs", NULL },
                            END },
  .synonyms = (const OcgKeySynonym[]){ { "connect", "connectMs" },
                                       { "headers", "headersMs" },
                                       { "firstevent", "firstEventMs" },
                                       { "idle", "idleMs" },
                                       { "total", "totalMs" },
                                       END },
};

static const OcgKeySet desktop_provider = {
  .keys = (const OcgKey[]){ { "timeouts", &timeouts },
                            { "family", NULL },
                            { "class", NULL },
                            { "caFile", NULL },
                            { "maxConcurrent", NULL },
                            END },
};

static const OcgKeySet desktop_providers = EACH (desktop_provider);

static const OcgKeySet fallback = {
  .keys = (const OcgKey[]){ { "allow", NULL }, { "within", NULL }, END },
};

static const OcgKeySet limits = {
  .keys = (const OcgKey[]){ { "requests", NULL }, { "tokens", NULL }, { "cost", NULL }, END },
};

static const OcgKeySet budget = {
  .keys = (const OcgKey[]){ { "day", &limits }, { "month", &limits }, END },
  .synonyms = (const OcgKeySynonym[]){ { "daily", "day" }, { "monthly", "month" }, END },
};

static const OcgKeySet app_budgets = EACH (budget);

static const OcgKeySet budgets = {
  .keys = (const OcgKey[]){ { "total", &budget },
                            { "app", &budget },
                            { "apps", &app_budgets },
                            END },
};

static const OcgKeySet notifications = {
  .keys = (const OcgKey[]){ { "enabled", NULL },
                            { "login", NULL },
                            { "quota", NULL },
                            { "fallback", NULL },
                            END },
};

static const OcgKeySet ledger = {
  .keys = (const OcgKey[]){ { "enabled", NULL }, { "keepDays", NULL }, END },
};

static const OcgKeySet search = {
  .keys = (const OcgKey[]){ { "enabled", NULL }, { "model", NULL }, END },
};

const OcgKeySet ocg_desktop_keys = {
  .keys = (const OcgKey[]){ { "providers", &desktop_providers },
                            { "fallback", &fallback },
                            { "budgets", &budgets },
                            { "notifications", &notifications },
                            { "ledger", &ledger },
                            { "search", &search },
                            END },
};
