/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include <glib/gi18n.h>

#define END { NULL }

const OcgOption ocg_common_options[] = {
  { "json", 0, OCG_OPTION_FLAG, NULL, N_ ("Print one JSON object, errors included") },
  { "plain", 0, OCG_OPTION_FLAG, NULL, N_ ("Print one reference a line and nothing else") },
  { "help", 'h', OCG_OPTION_FLAG, NULL, N_ ("Show this help") },
  { "version", 0, OCG_OPTION_FLAG, NULL, N_ ("Show the version") },
  END,
};

static const OcgOption ask_options[] = {
  { "model", 'm', OCG_OPTION_VALUE, "REF",
    N_ ("The model: PROVIDER/ID or an alias; the default model without this") },
  { "system", 's', OCG_OPTION_VALUE, "SYSTEM", N_ ("What the model is told to be or to do") },
  { "max-tokens", 0, OCG_OPTION_VALUE, "N", N_ ("The largest number of tokens in the answer") },
  { "thinking", 0, OCG_OPTION_VALUE, "LEVEL",
    N_ ("How much it thinks, and show that on a terminal; see above") },
  { "show-thinking", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Show the thoughts of the model, in files too") },
  { "no-fallback", 0, OCG_OPTION_FLAG, NULL, N_ ("Try no other model when this one fails") },
  { "no-stream", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Ask the provider for the whole answer at once") },
  { "events", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Print each event as one line of JSON while it arrives") },
  END,
};

static const OcgOption list_options[] = {
  { "all", 0, OCG_OPTION_FLAG, NULL, N_ ("All known models, not only those that are configured") },
  { "local", 0, OCG_OPTION_FLAG, NULL, N_ ("Only models that run on this machine") },
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Only models of this provider") },
  END,
};

static const OcgOption store_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Whose key it is, such as minimax") },
  { "profile", 0, OCG_OPTION_VALUE, "NAME",
    N_ ("A name for it, for those who have several; “default” without this") },
  { "from-env", 0, OCG_OPTION_OPTIONAL_VALUE, "VAR",
    N_ ("Take it from the environment variable VAR, or PROVIDER_API_KEY") },
  END,
};

static const OcgOption auth_list_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Only credentials of this provider") },
  END,
};

static const OcgOption auth_remove_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Whose credential it is") },
  { "profile", 0, OCG_OPTION_VALUE, "NAME", N_ ("Which one; “default” without this") },
  END,
};

#define JSON OCG_COMMAND_JSON
#define PLAIN OCG_COMMAND_PLAIN
#define SECRET OCG_COMMAND_TAKES_SECRET

#define STORE_DETAILS                                                                              \
  N_ ("The key is asked for on the terminal and not shown, or read from standard input when that " \
      "is\nno terminal. It goes into the keyring of the desktop and is never part of the "         \
      "command line.")

const OcgCommand ocg_commands[] = {
  { "ask", "[PROMPT...]", 0, G_MAXUINT, JSON, ask_options,
    N_ ("Ask a model and print its answer as it arrives"),
    N_ ("The prompt is what follows the options, then what is sent to standard input. Words behind "
        "“--”\nare never options. Ctrl-C ends the request. LEVEL is off, minimal, low, medium, "
        "high, xhigh or\nadaptive."),
    ocg_ask },
  { "models", "", 0, 0, JSON | PLAIN, NULL, N_ ("The same as “models status”"), NULL,
    ocg_models_status },
  { "models list", "", 0, 0, JSON | PLAIN, list_options, N_ ("List the models that can be used"),
    NULL, ocg_models_list },
  { "models status", "", 0, 0, JSON | PLAIN, NULL,
    N_ ("Show the models and credentials in use, and what is missing"),
    N_ ("With --plain only the default model."), ocg_models_status },
  { "models set", "REF|ALIAS", 1, 1, JSON, NULL, N_ ("Make a model the default"), NULL,
    ocg_models_set },
  { "models aliases list", "", 0, 0, JSON | PLAIN, NULL, N_ ("List the aliases of models"), NULL,
    ocg_aliases_list },
  { "models aliases add", "ALIAS REF", 2, 2, JSON, NULL, N_ ("Give a model a short name"), NULL,
    ocg_aliases_add },
  { "models aliases remove", "ALIAS", 1, 1, JSON, NULL, N_ ("Take a short name away"), NULL,
    ocg_aliases_remove },
  { "models aliases clear", "", 0, 0, JSON, NULL, N_ ("Take all short names away"), NULL,
    ocg_aliases_clear },
  { "models fallbacks list", "", 0, 0, JSON | PLAIN, NULL,
    N_ ("List the models that are tried when the default one fails"), NULL, ocg_fallbacks_list },
  { "models fallbacks add", "REF", 1, 1, JSON, NULL, N_ ("Add a model to the end of that list"),
    NULL, ocg_fallbacks_add },
  { "models fallbacks remove", "REF", 1, 1, JSON, NULL, N_ ("Take a model off that list"), NULL,
    ocg_fallbacks_remove },
  { "models fallbacks clear", "", 0, 0, JSON, NULL, N_ ("Empty that list"), NULL,
    ocg_fallbacks_clear },
  { "models auth add", "", 0, 0, JSON | SECRET, store_options,
    N_ ("Store the API key of a provider in the keyring"), STORE_DETAILS, ocg_auth_add },
  { "models auth paste-token", "", 0, 0, JSON | SECRET, store_options,
    N_ ("Store a token of a provider in the keyring"), STORE_DETAILS, ocg_auth_paste_token },
  { "models auth list", "", 0, 0, JSON | PLAIN | SECRET, auth_list_options,
    N_ ("List the credentials that the gateway has, without their keys"), NULL, ocg_auth_list },
  { "models auth remove", "", 0, 0, JSON | SECRET, auth_remove_options,
    N_ ("Remove a credential from the keyring"), NULL, ocg_auth_remove },
  { "gateway status", "", 0, 0, JSON, NULL, N_ ("Tell whether the gateway runs, and how"), NULL,
    ocg_gateway_status },
  { "gateway run", "[ARGS...]", 0, G_MAXUINT, OCG_COMMAND_PASSES_WORDS, NULL,
    N_ ("Run the gateway in this terminal"),
    N_ ("What follows the command goes to the gateway; “openclawctl gateway run -- --help” shows "
        "its own\nhelp."),
    ocg_gateway_run },
  { "config get", "PATH", 1, 1, JSON, NULL, N_ ("Show a value of openclaw.json"),
    N_ ("PATH is written with dots and brackets, such as agents.defaults.models[\"a/b\"].alias; "
        "\"\" is\neverything. Keys and tokens are shown as ********."),
    ocg_config_get },
  END,
};
