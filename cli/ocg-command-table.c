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
  { "file", 'f', OCG_OPTION_LIST, "FILE",
    N_ ("A text or image that goes with the prompt; “-” is standard input") },
  { "messages", 0, OCG_OPTION_VALUE, "FILE",
    N_ ("A conversation in JSON; the prompt, if any, comes after it") },
  { "tools", 0, OCG_OPTION_VALUE, "FILE", N_ ("Tools that the model may call, in JSON") },
  { "tool-choice", 0, OCG_OPTION_VALUE, "CHOICE",
    N_ ("auto, none, required, or the name of the tool to call") },
  { "schema", 0, OCG_OPTION_VALUE, "FILE", N_ ("Answer with JSON that follows this JSON schema") },
  { "thinking", 0, OCG_OPTION_VALUE, "LEVEL",
    N_ ("How much it thinks, and show that on a terminal; see above") },
  { "show-thinking", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Show the thoughts of the model, in files too") },
  { "max-tokens", 0, OCG_OPTION_VALUE, "N", N_ ("The largest number of tokens in the answer") },
  { "temperature", 0, OCG_OPTION_VALUE, "NUMBER",
    N_ ("How freely it picks words, from 0 to 2, such as 0.7") },
  { "top-p", 0, OCG_OPTION_VALUE, "NUMBER",
    N_ ("Pick only from the likeliest words, above 0 and up to 1") },
  { "stop", 0, OCG_OPTION_LIST, "TEXT", N_ ("End the answer where this text would come") },
  { "timeout", 0, OCG_OPTION_VALUE, "SECONDS", N_ ("How long all of it may take; 0 is no limit") },
  { "profile", 0, OCG_OPTION_VALUE, "PROFILE",
    N_ ("The credential to use: PROVIDER:NAME, as in “models auth list”") },
  { "tag", 0, OCG_OPTION_VALUE, "TAG", N_ ("A label for this request") },
  { "no-fallback", 0, OCG_OPTION_FLAG, NULL, N_ ("Try no other model when this one fails") },
  { "no-stream", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Ask the provider for the whole answer at once") },
  { "usage", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Tell tokens, cost and model on standard error afterwards") },
  { "dry-run", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Send nothing, and print the HTTP request with its secrets masked") },
  { "events", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Print each event as one line of JSON while it arrives") },
  END,
};

static const OcgOption doctor_options[] = {
  { "fix", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Repair what can be repaired safely, and ask before each repair") },
  { "yes", 0, OCG_OPTION_FLAG, NULL, N_ ("Do not ask") },
  END,
};

static const OcgOption list_options[] = {
  { "all", 0, OCG_OPTION_FLAG, NULL, N_ ("All known models, not only those that are configured") },
  { "local", 0, OCG_OPTION_FLAG, NULL, N_ ("Only models that run on this machine") },
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Only models of this provider") },
  { "refresh", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Look first for what local servers offer now") },
  END,
};

static const OcgOption status_options[] = {
  { "check", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Exit with 1 when a credential is missing or expired, 2 when one soon is") },
  { "probe", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Ask each provider for one word; that costs a few tokens") },
  { "probe-provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Ask only this provider") },
  { "probe-timeout", 0, OCG_OPTION_VALUE, "SECONDS",
    N_ ("How long each may take; 20 without this") },
  END,
};

static const OcgOption overview_options[] = {
  { "all", 0, OCG_OPTION_FLAG, NULL, N_ ("Show aliases and what is left, too") },
  { "usage", 0, OCG_OPTION_FLAG, NULL, N_ ("Show what is left of plans and limits") },
  { "deep", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Ask each provider for one word; that costs a few tokens") },
  END,
};

#define STORE_OPTIONS                                                                              \
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Whose key it is, such as minimax") },        \
      { "profile", 0, OCG_OPTION_VALUE, "NAME",                                                    \
        N_ ("A name for it, for those who have several; “default” without this") },                \
      { "region", 0, OCG_OPTION_VALUE, "REGION",                                                   \
        N_ ("Of which region it is, such as cn, where a provider has several") },                  \
      { "from-env", 0, OCG_OPTION_OPTIONAL_VALUE, "VAR",                                           \
        N_ ("Take it from the environment variable VAR, or PROVIDER_API_KEY") }

#define LOGIN_OPTIONS                                                                              \
  { "region", 0, OCG_OPTION_VALUE, "REGION",                                                       \
    N_ ("Where the account is, such as global or cn; asked for without this") },                   \
      { "qr", 0, OCG_OPTION_FLAG, NULL, N_ ("Show the address of a login as a QR code, too") },    \
      { "no-browser", 0, OCG_OPTION_FLAG, NULL, N_ ("Do not open a browser for a login") }

static const OcgOption store_options[] = {
  STORE_OPTIONS,
  END,
};

static const OcgOption token_options[] = {
  STORE_OPTIONS,
  { "expires-in", 0, OCG_OPTION_VALUE, "DURATION",
    N_ ("When the token ends, such as 365d or 12h; a number alone is days") },
  END,
};

static const OcgOption setup_token_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Whose token it is; anthropic without this") },
  { "profile", 0, OCG_OPTION_VALUE, "NAME",
    N_ ("A name for it, for those who have several; “default” without this") },
  END,
};

static const OcgOption login_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Where to log in, such as minimax-portal") },
  { "method", 0, OCG_OPTION_VALUE, "METHOD", N_ ("Which login, where a provider has several") },
  { "profile", 0, OCG_OPTION_VALUE, "NAME",
    N_ ("A name for it, for those who have several; “default” without this") },
  { "set-default", 0, OCG_OPTION_FLAG, NULL, N_ ("Make a model of the provider the default") },
  LOGIN_OPTIONS,
  END,
};

static const OcgOption onboard_options[] = {
  { "auth-choice", 0, OCG_OPTION_VALUE, "CHOICE",
    N_ ("What to set up, such as minimax-api, minimax-portal, apiKey or lmstudio") },
  { "non-interactive", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Ask nothing: the key comes from standard input or --from-env") },
  { "from-env", 0, OCG_OPTION_OPTIONAL_VALUE, "VAR",
    N_ ("Take it from the environment variable VAR, or PROVIDER_API_KEY") },
  { "profile", 0, OCG_OPTION_VALUE, "NAME",
    N_ ("A name for it, for those who have several; “default” without this") },
  { "set-default", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Make its model the default, although there is one") },
  { "no-set-default", 0, OCG_OPTION_FLAG, NULL, N_ ("Leave the default model alone") },
  { "skip-check", 0, OCG_OPTION_FLAG, NULL, N_ ("Do not ask the provider whether the key is good") },
  { "token-provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("For OpenClaw's scripts: anthropic") },
  LOGIN_OPTIONS,
  END,
};

static const OcgOption configure_options[] = {
  { "section", 0, OCG_OPTION_VALUE, "SECTION", N_ ("Begin with this section: models") },
  LOGIN_OPTIONS,
  END,
};

static const OcgOption auth_list_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Only credentials of this provider") },
  END,
};

static const OcgOption auth_check_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Only credentials of this provider") },
  { "profile", 0, OCG_OPTION_VALUE, "NAME", N_ ("Only the credential with this name") },
  END,
};

static const OcgOption auth_remove_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Whose credential it is") },
  { "profile", 0, OCG_OPTION_VALUE, "NAME", N_ ("Which one; “default” without this") },
  END,
};

static const OcgOption import_options[] = {
  { "dry-run", 0, OCG_OPTION_FLAG, NULL, N_ ("Only show what would be stored") },
  { "yes", 0, OCG_OPTION_FLAG, NULL, N_ ("Store without asking; plain text stays in the files") },
  { "remove", 0, OCG_OPTION_FLAG, NULL,
    N_ ("Take what is stored out of openclaw.json and .env, without asking") },
  { "keep", 0, OCG_OPTION_FLAG, NULL, N_ ("Leave the plain text in the files, without asking") },
  END,
};

static const OcgOption order_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("Whose credentials they are") },
  END,
};

static const OcgOption cooldown_options[] = {
  { "provider", 0, OCG_OPTION_VALUE, "PROVIDER", N_ ("All credentials of this provider") },
  { "all", 0, OCG_OPTION_FLAG, NULL, N_ ("The credentials of all providers") },
  END,
};

static const OcgOption change_options[] = {
  { "if-hash", 0, OCG_OPTION_VALUE, "HASH",
    N_ ("Only if the file is still that one; see “config path --json”") },
  END,
};

static const OcgOption validate_options[] = {
  { "document", 0, OCG_OPTION_VALUE, "NAME", N_ ("openclaw, or desktop; see above") },
  { "strict", 0, OCG_OPTION_FLAG, NULL, N_ ("Let warnings decide the exit status, too") },
  END,
};

#define JSON OCG_COMMAND_JSON
#define PLAIN OCG_COMMAND_PLAIN
#define SECRET OCG_COMMAND_TAKES_SECRET
#define PROBLEMS OCG_COMMAND_TELLS_PROBLEMS

#define STORE_DETAILS                                                                              \
  N_ ("The key is asked for on the terminal and not shown, or read from standard input when that " \
      "is\nno terminal. It goes into the keyring of the desktop and is never part of the "         \
      "command line.")

#define IMPORT_DETAILS                                                                             \
  N_ ("It looks at openclaw.json and .env, at what OpenClaw keeps in agents/*/agent/"              \
      "auth-profiles.json and\ncredentials/oauth.json, and at ~/.minimax/oauth_creds.json. It "    \
      "shows what it found and asks before it\nstores, and once more before it takes anything "    \
      "out of openclaw.json and .env; other files it never\nchanges. Without a terminal and "      \
      "without --yes nothing is stored. OpenClaw itself does not read the\nkeyring.")

#define GATEWAY_DETAILS                                                                            \
  N_ ("By systemd where the unit of the gateway is installed, else by the session bus. Programs "  \
      "that use the\ngateway start it themselves, so that this is seldom needed.")

#define ASK_DETAILS                                                                                \
  N_ ("The prompt is what follows the options, then what is sent to standard input, unless "       \
      "an option\ntakes that as FILE “-”. Words behind “--” are never options. Ctrl-C ends "       \
      "the request. Options\nwith “...” can be given more than once.\n\nA file is text in "        \
      "UTF-8 (up to 8 MiB) or an image in PNG, JPEG, GIF or WebP (up to 5 MiB). "                  \
      "Files\ncome before the prompt, text under a line “FILE: name” as it was typed. A "          \
      "file alone is a prompt.\n\n--messages takes an array of messages as the D-Bus API "         \
      "has them, or an object {messages, system,\ntools}; data of images is base64. The "          \
      "parts that “ask --json” prints are the content of a message\nof the assistant. "            \
      "--tools takes an array of {name, description, parameters}, or the forms of\nOpenAI "        \
      "and Anthropic. --system and --tools count more than the same in the file of "               \
      "--messages.\nA schema is named by its title, else by its file.\n\nLEVEL is off, "           \
      "minimal, low, medium, high, xhigh or adaptive. A tool that the model wants to call "        \
      "is\nprinted as one line, its name and its arguments.")

#define LOGIN_DETAILS                                                                              \
  N_ ("It shows the address of a page and a code, opens the page in the browser when there is "    \
      "one, and\nwaits until you have confirmed there. Ctrl-C cancels. The login goes into the "   \
      "keyring, and is renewed\nwithout you.")

#define SETUP_DETAILS                                                                              \
  N_ ("It asks for the provider, the key and the default model, tries the key, and writes "        \
      "everything at the\nend: Ctrl-C before that changes nothing. Only a login is kept as soon as "  \
      "it is confirmed. What is no\nterminal gives the answers line by line. A key is never part of "  \
      "the command line.")

#define DOCTOR_DETAILS                                                                             \
  N_ ("It looks at the session bus, the gateway, the keyring, the configuration and its keys, "    \
      "the environment,\nthe proxy, the clock and the models, and sends nothing to any provider. " \
      "The exit status is 1 when\nthere is a problem; warnings and notes are none.\n\n--fix "      \
      "makes files with keys private and removes what a write that was broken off has left.")

const OcgCommand ocg_commands[] = {
  { "ask", "[PROMPT...]", 0, G_MAXUINT, JSON, ask_options,
    N_ ("Ask a model and print its answer as it arrives"),
    ASK_DETAILS, ocg_ask },
  { "configure", "", 0, 0, SECRET, configure_options,
    N_ ("Set up models step by step, from a menu"), SETUP_DETAILS, ocg_configure },
  { "doctor", "", 0, 0, JSON, doctor_options,
    N_ ("Find what commonly goes wrong, and say what to do"), DOCTOR_DETAILS, ocg_doctor },
  { "help", "[COMMAND...]", 0, G_MAXUINT, 0, NULL, N_ ("Show the help of a command"), NULL,
    ocg_help },
  { "status", "", 0, 0, JSON, overview_options,
    N_ ("Show the gateway, the models in use and what is missing"), NULL,
    ocg_status },
  { "models", "", 0, 0, JSON | PLAIN, status_options, N_ ("The same as “models status”"), NULL,
    ocg_models_status },
  { "models list", "", 0, 0, JSON | PLAIN, list_options, N_ ("List the models that can be used"),
    N_ ("Tags: default, fallback#1 and so on, image (for images), alias:NAME, local, not-allowed (by\n"
        "agents.defaults.models), missing (it has no key, or the gateway does not know it)."),
    ocg_models_list },
  { "models status", "", 0, 0, JSON | PLAIN, status_options,
    N_ ("Show the models and credentials in use, and what is missing"),
    N_ ("With --plain only the default model. --check looks at the default model, the fallbacks and "
        "the image\nmodel; what ends within 24 hours ends soon. With --probe the exit status is "
        "that of the last request\nthat failed."),
    ocg_models_status },
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
  { "models auth login", "", 0, 0, JSON | SECRET, login_options,
    N_ ("Log in to a provider in a browser, without a key"), LOGIN_DETAILS, ocg_auth_login },
  { "models auth paste-token", "", 0, 0, JSON | SECRET, token_options,
    N_ ("Store a token of a provider in the keyring"), STORE_DETAILS, ocg_auth_paste_token },
  { "models auth setup-token", "", 0, 0, JSON | SECRET, setup_token_options,
    N_ ("Store the token that “claude setup-token” prints"), STORE_DETAILS, ocg_auth_setup_token },
  { "models auth list", "", 0, 0, JSON | PLAIN | SECRET, auth_list_options,
    N_ ("List the credentials that the gateway has, without their keys"), NULL, ocg_auth_list },
  { "models auth check", "", 0, 0, JSON | SECRET, auth_check_options,
    N_ ("Ask the providers whether they take the credentials"),
    N_ ("The requests cost no tokens. The exit status is 4 when a credential was refused or has "
        "expired."),
    ocg_auth_check_all },
  { "models auth remove", "", 0, 0, JSON | SECRET, auth_remove_options,
    N_ ("Remove a credential from the keyring"), NULL, ocg_auth_remove },
  { "models auth import", "", 0, 0, JSON, import_options,
    N_ ("Move keys that stand in files as plain text into the keyring"), IMPORT_DETAILS,
    ocg_auth_import },
  { "models auth order get", "", 0, 0, JSON | PLAIN | SECRET, order_options,
    N_ ("Show the order in which the credentials of a provider are tried"), NULL,
    ocg_auth_order_get },
  { "models auth order set", "PROFILE...", 1, G_MAXUINT, JSON | SECRET, order_options,
    N_ ("Set the order in which the credentials of a provider are tried"),
    N_ ("PROFILE is PROVIDER:NAME, as in “models auth list”, or only NAME. Keys in the keyring that "
        "are not named\nare not used."),
    ocg_auth_order_set },
  { "models auth order clear", "", 0, 0, JSON | SECRET, order_options,
    N_ ("Go back to the usual order of the credentials of a provider"), NULL,
    ocg_auth_order_clear },
  { "models auth clear-cooldown", "[PROFILE]", 0, 1, JSON | SECRET, cooldown_options,
    N_ ("Let a credential be used again that is paused after failures"),
    N_ ("PROFILE is PROVIDER:NAME, as in “models auth list”."), ocg_auth_clear_cooldown },
  { "onboard", "", 0, 0, JSON | SECRET, onboard_options,
    N_ ("Set up the first model: a key or a login, and the default model"), SETUP_DETAILS,
    ocg_onboard },
  { "plugins list", "", 0, 0, JSON | PLAIN, NULL, N_ ("List the plugins, and which are on"), NULL,
    ocg_plugins_list },
  { "plugins info", "ID", 1, 1, JSON, NULL, N_ ("Show what a plugin is for"), NULL,
    ocg_plugins_info },
  { "plugins enable", "ID", 1, 1, JSON, NULL, N_ ("Turn a plugin on, at once"), NULL,
    ocg_plugins_enable },
  { "plugins disable", "ID", 1, 1, JSON, NULL, N_ ("Turn a plugin off, at once"), NULL,
    ocg_plugins_disable },
  { "gateway status", "", 0, 0, JSON, NULL, N_ ("Tell whether the gateway runs, and how"), NULL,
    ocg_gateway_status },
  { "gateway start", "", 0, 0, JSON, NULL, N_ ("Start the gateway, if it does not run"),
    GATEWAY_DETAILS, ocg_gateway_start },
  { "gateway stop", "", 0, 0, JSON, NULL, N_ ("End the gateway, after the answers under way"),
    N_ ("It starts again when a program needs it."), ocg_gateway_stop },
  { "gateway restart", "", 0, 0, JSON, NULL,
    N_ ("End the gateway and start it; one that does not run is started"), GATEWAY_DETAILS,
    ocg_gateway_restart },
  { "gateway run", "[ARGS...]", 0, G_MAXUINT, OCG_COMMAND_PASSES_WORDS, NULL,
    N_ ("Run the gateway in this terminal"),
    N_ ("What follows the command goes to the gateway; “openclawctl gateway run -- --help” shows "
        "its own\nhelp."),
    ocg_gateway_run },
  { "config get", "[PATH]", 0, 1, JSON, NULL, N_ ("Show a value of the settings, or all of them"),
    N_ ("PATH is written with dots and brackets, such as agents.defaults.models[\"a/b\"].alias; "
        "what begins\nwith “desktop” are the gateway's own settings. Keys and tokens are shown as "
        "********."),
    ocg_config_get },
  { "config set", "PATH VALUE", 2, 2, JSON, change_options, N_ ("Set a value of the settings"),
    N_ ("VALUE is JSON5, such as '[\"a/b\"]', else a string; “-” reads it from standard input. "
        "What begins\nlike JSON5, with a bracket or a quote, has to be JSON5. What begins with “-” "
        "and is no number comes\nafter “--”. An item of a list is named by its number, as in "
        "a.b[0]; a.b[-] is one more at the end.\nEverything else in the file stays as it is. For keys and "
        "tokens: openclawctl models auth add."),
    ocg_config_set },
  { "config unset", "PATH", 1, 1, JSON, change_options, N_ ("Take a value of the settings away"),
    NULL, ocg_config_unset },
  { "config patch", "FILE", 1, 1, JSON, change_options,
    N_ ("Change several values at once, or none of them"),
    N_ ("FILE is a JSON merge patch (RFC 7396), in JSON5: what is null is taken away. A member "
        "“desktop” is\nfor the gateway's own settings and stands alone. “-” reads it from standard "
        "input."),
    ocg_config_patch },
  { "config validate", "[FILE]", 0, 1, JSON | PROBLEMS, validate_options,
    N_ ("Tell what is wrong in the settings, and where"),
    N_ ("Looks at all files that the gateway reads; with FILE, only at that one in place of "
        "openclaw.json.\nWith “--document desktop” FILE stands for the gateway's own settings, and "
        "without a FILE only these\nare looked at. The exit status is 8 when there are errors."),
    ocg_config_validate },
  { "config path", "[desktop]", 0, 1, JSON, NULL,
    N_ ("Show where openclaw.json is, or the gateway's own settings"),
    N_ ("With --json for both: where they are, whether they can be read, and their hashes."),
    ocg_config_path },
  { "config edit", "[desktop]", 0, 1, PROBLEMS, NULL,
    N_ ("Edit openclaw.json, or the gateway's own settings"),
    N_ ("Opens a copy in $VISUAL or $EDITOR, and puts it in place when there are no new mistakes "
        "in it."),
    ocg_config_edit },
  END,
};
