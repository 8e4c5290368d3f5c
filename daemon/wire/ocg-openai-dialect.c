/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-openai-dialect.h"

#include <string.h>

#include "ocg-compat.h"

typedef enum
{
  KNOWS_STORE = 1 << 0,
  KNOWS_STRICT = 1 << 1,
  KNOWS_STREAM_USAGE = 1 << 2,
  KNOWS_MAX_COMPLETION_TOKENS = 1 << 3,
  KNOWS_ANY_TOOL_CHOICE = 1 << 4,
  WANTS_REASONING_CONTENT = 1 << 5,
  WANTS_RESULT_NAME = 1 << 6,
  WANTS_FIXED_IDS = 1 << 7,
  WANTS_EMPTY_CONTENT = 1 << 8,
  IS_OPENAI = 1 << 9,
  KEEPS_REASONING_CONTENT = 1 << 10,
  KNOWS_EFFORT_TOO = 1 << 11, /* reasoning_effort beside its own switch */
  IS_ZAI = 1 << 12,
  KNOWS_DEVELOPER = 1 << 13,
  KNOWS_THREE_EFFORTS = 1 << 14, /* low, medium and high */
  IS_OPENROUTER = 1 << 15,
} Knows;

#define COMMON (KNOWS_STREAM_USAGE | KNOWS_ANY_TOOL_CHOICE)
#define OPENAI                                                                                    \
  (COMMON | IS_OPENAI | KNOWS_STORE | KNOWS_STRICT | KNOWS_MAX_COMPLETION_TOKENS | KNOWS_DEVELOPER)
#define MISTRAL (KNOWS_ANY_TOOL_CHOICE | WANTS_RESULT_NAME | WANTS_FIXED_IDS | WANTS_EMPTY_CONTENT)

#define DEEPSEEK (COMMON | KNOWS_EFFORT_TOO | WANTS_REASONING_CONTENT)
#define OPENROUTER (COMMON | IS_OPENROUTER)
#define ZAI (COMMON | KEEPS_REASONING_CONTENT | IS_ZAI)

/* By provider id, or by what its host ends with; models by what is in their id. First match wins. */
static const struct
{
  const char *id, *host, *model;
  guint knows;
  OcgAsk ask;
} rows[] = {
  { NULL, "openai.com", NULL, OPENAI, OCG_ASK_EFFORT },
  { NULL, "openai.azure.com", NULL, OPENAI, OCG_ASK_EFFORT },
  { "openrouter", "openrouter.ai", "openai/", OPENROUTER | KNOWS_DEVELOPER, OCG_ASK_REASONING },
  { "openrouter", "openrouter.ai", NULL, OPENROUTER, OCG_ASK_REASONING },
  { "google", "googleapis.com", NULL, COMMON | KNOWS_THREE_EFFORTS, OCG_ASK_EFFORT },
  { "deepseek", "deepseek.com", NULL, DEEPSEEK, OCG_ASK_THINKING },
  { "moonshot", "moonshot.ai", "k3", COMMON | WANTS_REASONING_CONTENT, OCG_ASK_EFFORT },
  { "moonshot", "moonshot.cn", "k3", COMMON | WANTS_REASONING_CONTENT, OCG_ASK_EFFORT },
  { "moonshot", "moonshot.ai", NULL, COMMON | KEEPS_REASONING_CONTENT, OCG_ASK_THINKING },
  { "moonshot", "moonshot.cn", NULL, COMMON | KEEPS_REASONING_CONTENT, OCG_ASK_THINKING },
  { "kimi-coding", "kimi.com", NULL, COMMON | WANTS_REASONING_CONTENT, OCG_ASK_EFFORT },
  { "xiaomi", "xiaomimimo.com", NULL, COMMON | WANTS_REASONING_CONTENT, OCG_ASK_THINKING },
  { "zai", "z.ai", "glm-5", ZAI | KNOWS_EFFORT_TOO, OCG_ASK_THINKING },
  { "zai-coding-cn", "bigmodel.cn", "glm-5", ZAI | KNOWS_EFFORT_TOO, OCG_ASK_THINKING },
  { "zai", "z.ai", NULL, ZAI, OCG_ASK_THINKING },
  { "zai-coding-cn", "bigmodel.cn", NULL, ZAI, OCG_ASK_THINKING },
  { "qwen", "aliyuncs.com", NULL, COMMON, OCG_ASK_ENABLE },
  { "qwen-portal", "qwen.ai", NULL, COMMON, OCG_ASK_ENABLE },
  { "together", "together.xyz", NULL, COMMON, OCG_ASK_ENABLED },
  { "together", "together.ai", NULL, COMMON, OCG_ASK_ENABLED },
  { "mistral", "mistral.ai", NULL, MISTRAL, OCG_ASK_NOTHING },
  { "cerebras", "cerebras.ai", NULL, KNOWS_ANY_TOOL_CHOICE, OCG_ASK_EFFORT },
  { "xai", "x.ai", NULL, COMMON, OCG_ASK_NOTHING },
  { "chutes", "chutes.ai", NULL, COMMON, OCG_ASK_NOTHING },
  { "groq", "groq.com", NULL, COMMON, OCG_ASK_EFFORT },
};

static const char *
get_host (OcgModel *model)
{
  const char *scheme_end = strstr (model->provider->origin, "://");

  return scheme_end != NULL ? scheme_end + 3 : model->provider->origin;
}

/* Whether the host is @suffix or below it; the origin ends with ":port". */
static gboolean
host_is_below (OcgModel *model, const char *suffix)
{
  const char *host = get_host (model);
  gsize length = strcspn (host, ":");
  gsize wanted = strlen (suffix);

  return length >= wanted && memcmp (host + length - wanted, suffix, wanted) == 0
         && (length == wanted || host[length - wanted - 1] == '.');
}

static gboolean
is_minimax (OcgModel *model)
{
  return g_str_equal (ocg_model_get_family (model), "minimax");
}

static void
look_up (OcgModel *model, guint *knows, OcgAsk *ask)
{
  gboolean has_additions = g_str_has_prefix (model->provider->id, "minimax");

  *knows = g_str_equal (ocg_model_get_family (model), "openai") ? OPENAI : COMMON;
  *ask = OCG_ASK_EFFORT;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((rows[i].model == NULL || strstr (model->id, rows[i].model) != NULL)
        && (host_is_below (model, rows[i].host)
            || g_strcmp0 (rows[i].id, model->provider->id) == 0))
      {
        *knows = rows[i].knows;
        *ask = rows[i].ask;
        return;
      }
  /* A server on this machine has the model but not MiniMax's additions to the API. */
  if (is_minimax (model) && (has_additions || !model->provider->local))
    {
      *knows = KNOWS_STREAM_USAGE | KNOWS_MAX_COMPLETION_TOKENS;
      *ask = OCG_ASK_MINIMAX;
    }
}

static OcgAsk
ask_from_compat (OcgModel *model, OcgAsk fallback)
{
  static const struct
  {
    const char *word;
    OcgAsk ask;
  } words[] = {
    { "openai", OCG_ASK_EFFORT },     { "openrouter", OCG_ASK_REASONING },
    { "deepseek", OCG_ASK_THINKING }, { "zai", OCG_ASK_THINKING },
    { "qwen", OCG_ASK_ENABLE },       { "together", OCG_ASK_ENABLED },
    { "minimax", OCG_ASK_MINIMAX },   { "none", OCG_ASK_NOTHING },
  };
  const char *format = ocg_compat_get_word (model, "thinkingFormat", NULL);
  gboolean effort = FALSE;

  for (guint i = 0; format != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, format))
      return words[i].ask;
  effort = ocg_compat_get (model, "supportsReasoningEffort", fallback == OCG_ASK_EFFORT);
  if (fallback == OCG_ASK_EFFORT && !effort)
    return OCG_ASK_NOTHING;
  return fallback == OCG_ASK_NOTHING && effort ? OCG_ASK_EFFORT : fallback;
}

static gboolean
has_format (OcgModel *model, const char *format)
{
  return g_strcmp0 (ocg_compat_get_word (model, "thinkingFormat", NULL), format) == 0;
}

static gboolean
uses_max_completion_tokens (OcgModel *model, gboolean fallback, OcgMends mends)
{
  const char *field = ocg_compat_get_word (
      model, "maxTokensField", fallback ? "max_completion_tokens" : "max_tokens");

  return g_str_equal (field, "max_completion_tokens") != ((mends & OCG_MEND_MAX_TOKENS) != 0);
}

OcgOpenaiDialect
ocg_openai_dialect (OcgModel *model, OcgMends mends)
{
  OcgOpenaiDialect self = { 0 };
  guint knows;

  look_up (model, &knows, &self.ask);
  self.is_openai = (knows & IS_OPENAI) != 0;
  self.store = (mends & OCG_MEND_STORE) == 0
               && ocg_compat_get (model, "supportsStore", (knows & KNOWS_STORE) != 0);
  self.developer = (mends & OCG_MEND_DEVELOPER) == 0
                   && ocg_compat_get (model, "supportsDeveloperRole",
                                      (knows & KNOWS_DEVELOPER) != 0 && model->reasoning)
                   && (model->reasoning || !self.is_openai);
  self.strict = ocg_compat_get (model, "supportsStrictMode", (knows & KNOWS_STRICT) != 0);
  self.stream_usage
      = (mends & OCG_MEND_STREAM_OPTIONS) == 0
        && ocg_compat_get (model, "supportsUsageInStreaming", (knows & KNOWS_STREAM_USAGE) != 0);
  self.max_completion_tokens
      = uses_max_completion_tokens (model, (knows & KNOWS_MAX_COMPLETION_TOKENS) != 0, mends);
  self.temperature = (mends & OCG_MEND_TEMPERATURE) == 0
                     && ocg_compat_get (model, "supportsTemperature",
                                        !(self.is_openai && model->reasoning));
  self.stop = !(self.is_openai && model->reasoning);
  self.any_tool_choice = (knows & KNOWS_ANY_TOOL_CHOICE) != 0;
  self.needs_reasoning_content
      = ocg_compat_get (model, "requiresReasoningContentOnAssistantMessages",
                        (knows & WANTS_REASONING_CONTENT) != 0 && model->reasoning);
  /* Whoever is asked for thoughts like this takes them back, wherever it is served. */
  self.keeps_reasoning_content
      = (knows & (WANTS_REASONING_CONTENT | KEEPS_REASONING_CONTENT)) != 0
        || has_format (model, "zai") || has_format (model, "deepseek");
  self.effort_too
      = ocg_compat_get (model, "supportsReasoningEffort", (knows & KNOWS_EFFORT_TOO) != 0);
  self.is_zai = (knows & IS_ZAI) != 0 || has_format (model, "zai");
  self.tool_stream = ocg_compat_get (model, "zaiToolStream", self.is_zai);
  self.result_name
      = ocg_compat_get (model, "requiresToolResultName", (knows & WANTS_RESULT_NAME) != 0);
  self.fixed_ids = ocg_compat_get (model, "requiresMistralToolIds", (knows & WANTS_FIXED_IDS) != 0);
  self.empty_content = (knows & WANTS_EMPTY_CONTENT) != 0;
  self.ask = ask_from_compat (model, self.ask);
  return self;
}

/* Servers at which people leave the version out, and which have nothing without it. Kimi's coding
 * plan has its other API at the address without. */
static gboolean
needs_version (OcgModel *model, const char *path)
{
  if (host_is_below (model, "kimi.com"))
    return g_str_equal (path, "/coding");
  return *path == '\0'
         && (model->provider->local || host_is_below (model, "openai.com")
             || host_is_below (model, "minimax.io") || host_is_below (model, "minimaxi.com"));
}

char *
ocg_openai_join_url (OcgModel *model, const char *endpoint)
{
  const char *base = model->provider->base_url;
  const char *host = strstr (base, "://");
  const char *path = host != NULL ? host + 3 + strcspn (host + 3, "/") : "";

  if (g_str_has_suffix (base, endpoint))
    return g_strdup (base);
  return g_strconcat (base, needs_version (model, path) ? "/v1" : "", endpoint, NULL);
}

char *
ocg_openai_get_model_id (OcgModel *model)
{
  guint knows;
  OcgAsk ask;

  look_up (model, &knows, &ask);
  return (knows & IS_OPENROUTER) != 0 && strchr (model->id, '/') == NULL
             ? g_strconcat ("openrouter/", model->id, NULL)
             : g_strdup (model->id);
}

/* The "N.M" of "gpt-N.M-…", in tenths; 0 for other models. */
static guint
get_gpt_version (const char *id)
{
  const char *slash = strrchr (id, '/');
  const char *name = slash != NULL ? slash + 1 : id;
  char *end = NULL;
  guint64 major;

  if (g_ascii_strncasecmp (name, "gpt-", 4) != 0 || !g_ascii_isdigit (name[4]))
    return 0;
  major = g_ascii_strtoull (name + 4, &end, 10);
  if (major > 100)
    return 0;
  return (guint) major * 10 + (*end == '.' && g_ascii_isdigit (end[1]) ? (guint) (end[1] - '0') : 0);
}

/* "off" is the least: most of these models cannot stop thinking. */
static const char *
get_one_of_three (OcgThinking thinking)
{
  if (thinking == OCG_THINKING_DEFAULT || thinking == OCG_THINKING_ADAPTIVE)
    return NULL;
  if (thinking == OCG_THINKING_MEDIUM)
    return "medium";
  return thinking == OCG_THINKING_HIGH || thinking == OCG_THINKING_XHIGH ? "high" : "low";
}

static gboolean
knows_three_efforts (OcgModel *model)
{
  guint knows;
  OcgAsk ask;

  look_up (model, &knows, &ask);
  return (knows & KNOWS_THREE_EFFORTS) != 0;
}

const char *
ocg_openai_effort (OcgModel *model, OcgThinking thinking)
{
  guint version = get_gpt_version (model->id);
  gboolean is_o = model->id[0] == 'o' && g_ascii_isdigit (model->id[1]);

  if (knows_three_efforts (model))
    return get_one_of_three (thinking);
  switch (thinking)
    {
    case OCG_THINKING_OFF:
      if (is_o)
        return "low";
      return version == 50 ? "minimal" : "none";
    case OCG_THINKING_MINIMAL:
      return is_o || version > 50 || model->provider->local ? "low" : "minimal";
    case OCG_THINKING_LOW:
      return "low";
    case OCG_THINKING_MEDIUM:
      return "medium";
    case OCG_THINKING_HIGH:
      return "high";
    case OCG_THINKING_XHIGH:
      return is_o || (version > 0 && version < 52) || model->provider->local ? "high" : "xhigh";
    case OCG_THINKING_DEFAULT:
    case OCG_THINKING_ADAPTIVE:
      return NULL;
    }
  return NULL;
}
