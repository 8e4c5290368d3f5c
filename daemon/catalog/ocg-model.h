/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One model as the catalogue knows it. Immutable and reference counted, in any
 * thread. */

#pragma once

#include "ocg-provider.h"
#include "ocg-served.h"

/* USD per million tokens; negative: unknown. */
typedef struct
{
  double input;
  double output;
  double cache_read;
  double cache_write;
  GArray *tiers; /* (nullable) of OcgPriceTier, ascending */
} OcgPrices;

/* What the whole request costs when its input, cached or not, is more than @above tokens. */
typedef struct
{
  guint64 above;
  double input, output, cache_read, cache_write;
} OcgPriceTier;

typedef struct
{
  int ref_count;

  OcgProvider *provider; /* (owned) */
  char *id;              /* case-sensitive, may hold "/" */
  char *ref;             /* "provider/id" */
  char *name;
  char *api;             /* the model's own, else its provider's */
  char *own_api;         /* (nullable) */
  char *alias;           /* (nullable) a short name that the data give it; see ocg-catalog.h */
  gboolean reasoning;
  gboolean takes_images;
  guint64 context_window; /* tokens: what is used of full_window */
  guint64 full_window;    /* tokens */
  guint64 working_limit;  /* tokens; 0: the whole window is used */
  guint64 loaded_context; /* tokens that its server has loaded it with; 0: not known */
  guint64 max_tokens;     /* tokens */
  OcgPrices prices;
  GHashTable *headers; /* (nullable) name -> value, added to the provider's */
  JsonObject *compat;    /* (nullable) what compat_node holds */
  JsonNode *compat_node; /* (nullable) (owned) nodes are counted in any thread, objects are not */
  gboolean deprecated;   /* its maker has taken it from the list */
  gboolean listed;     /* FALSE for an id that was passed through */
  gboolean discovered; /* only its server says that it exists */
} OcgModel;

/* @base, of any provider, at @provider. (transfer full) */
OcgModel *ocg_model_new_copy (OcgProvider *provider, OcgModel *base);
/* The same model, with the same server in another region as @provider. (transfer full) */
OcgModel *ocg_model_new_at (OcgProvider *provider, OcgModel *self);
/* What a server says about a model, upon @base (nullable, the built-in data). The context that it
 * is loaded with is all that can be used now, so that is its window. */
OcgModel *ocg_model_new_served (OcgProvider *provider, const OcgServedModel *served,
                                OcgModel *base);
/* An id that the catalogue does not know: 200000 tokens of context, 8192 of output, prices unknown
 * (0 on this machine). */
OcgModel *ocg_model_new_unlisted (OcgProvider *provider, const char *id);
/* @base where nothing else is said; NULL: an unlisted one, for a list. Not yet immutable. */
OcgModel *ocg_model_new_upon (OcgProvider *provider, const char *id, OcgModel *base);
/* @window: tokens, full_window, of which working_limit is used at most. */
void ocg_model_set_window (OcgModel *self, guint64 window);
/* Takes @compat. (nullable) */
void ocg_model_take_compat (OcgModel *self, JsonNode *compat);
/* Frees what is there and takes @value. */
void ocg_model_replace_string (char **place, char *value);
OcgModel *ocg_model_ref (OcgModel *self);
void ocg_model_unref (OcgModel *self);

/* Whose quirks apply: "minimax" when the id begins with "MiniMax-" (in any case, after the last "/"
 * too), wherever it is served; else the provider's family. */
const char *ocg_model_get_family (OcgModel *self);

/* Whether @text can be a model id or a provider id: UTF-8 without white space or control
 * characters, neither empty nor beyond all measure. */
gboolean ocg_model_is_name (const char *text);

/* Whether it is one of the fast models of MiniMax, which the plans of MiniMax choose by themselves. */
gboolean ocg_model_is_fast_minimax (OcgModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgModel, ocg_model_unref)
