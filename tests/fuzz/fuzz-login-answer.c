/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the endpoints of a login answer: a line "code|token DIALECT STATUS", then the answer. */

#include <string.h>

#include "catalog/ocg-built-in.h"
#include "fuzz.h"
#include "login/ocg-login-answer.h"
#include "login/ocg-login-code.h"

#define NOW G_GINT64_CONSTANT (1767225600000)

static void
check_word (OcgSecret *secret)
{
  const char *text = secret != NULL ? ocg_secret_peek (secret) : "a";

  fuzz_check (*text != '\0');
  for (; *text != '\0'; text++)
    fuzz_check (g_ascii_isgraph (*text));
}

static void
check_page (const char *url)
{
  for (const char *p = url; p != NULL && *p != '\0'; p++)
    fuzz_check (g_ascii_isgraph (*p));
  fuzz_check (url == NULL || g_ascii_strncasecmp (url, "http", 4) == 0);
}

static void
check_code (const OcgLoginPlan *plan, guint status, const char *text, gsize size)
{
  OcgFailure *failure = NULL;
  g_autoptr (OcgLoginCode) code = ocg_login_code_parse (
      plan, status, text, size, plan->state ? "the-state" : NULL, NOW, &failure);
  g_autoptr (OcgFailure) mine = failure;

  fuzz_check ((code == NULL) == (mine != NULL));
  fuzz_check (mine == NULL || fuzz_is_text (mine->provider_message));
  if (code == NULL)
    return;
  fuzz_check (status / 100 == 2 && fuzz_is_text (code->user_code) && *code->user_code != '\0');
  fuzz_check (code->verification_uri != NULL);
  check_page (code->verification_uri);
  check_page (code->verification_uri_complete);
  check_word (code->device_code);
  fuzz_check (code->lifetime_ms > 0 && code->lifetime_ms <= 60 * 60 * 1000);
  fuzz_check (code->interval_ms > 0 && code->interval_ms <= 60 * 1000 && code->floor_ms > 0);
}

static void
check_answer (const OcgLoginPlan *plan, guint status, const char *text, gsize size)
{
  g_autoptr (OcgLoginAnswer) answer = ocg_login_answer_parse (plan, status, text, size, NULL, NOW);
  OcgLoginToken *token = answer->token;

  fuzz_check (fuzz_is_text (answer->message) && fuzz_is_text (answer->notification));
  fuzz_check ((token != NULL) == (answer->outcome == OCG_LOGIN_TOKEN));
  if (token == NULL)
    return;
  fuzz_check (status / 100 == 2);
  check_word (token->access);
  check_word (token->refresh);
  fuzz_check (token->expires == 0 ? token->lifetime == 0
                                  : token->expires == NOW + token->lifetime && token->lifetime > 0);
  fuzz_check (fuzz_is_text (token->base_url));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *line = fuzz_take_line (&data, &size);
  gboolean is_minimax = strstr (line, "rfc8628") == NULL;
  g_autofree char *copy = g_memdup2 (size > 0 ? (const char *) data : "", MAX (size, 1));
  const OcgBuiltIn *provider
      = ocg_built_in_find (is_minimax ? "minimax-portal" : "qwen-portal");
  g_autoptr (OcgLoginPlan) plan
      = ocg_login_plan_new (provider->provider, is_minimax ? "cn" : NULL);
  const char *number = strrchr (line, ' ');
  guint status = number != NULL ? (guint) (g_ascii_strtoull (number, NULL, 10) % 600) : 200;

  if (g_str_has_prefix (line, "code"))
    check_code (plan, status, copy, size);
  else
    check_answer (plan, status, copy, size);
  return 0;
}
