/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-login-token.h"

#include <string.h>

#include "../wire/ocg-json-skim.h"
#include "../wire/ocg-json-writer.h"

/* So far away that sums with it still fit. */
#define MAX_TIME G_GINT64_CONSTANT (1000000000000000)

enum
{
  TYPE,
  ACCESS,
  REFRESH,
  EXPIRES,
  LIFETIME,
  REGION,
  BASE_URL,
  LOGIN,
  ENDPOINT,
  N_MEMBERS,
};

static const OcgJsonWanted members[] = {
  [TYPE] = { -1, "type" },         [ACCESS] = { -1, "access" },     [REFRESH] = { -1, "refresh" },
  [EXPIRES] = { -1, "expires" },   [LIFETIME] = { -1, "lifetime" }, [REGION] = { -1, "region" },
  [BASE_URL] = { -1, "baseUrl" },  [LOGIN] = { -1, "login" },       [ENDPOINT] = { -1, "endpoint" },
};

OcgLoginToken *
ocg_login_token_new (OcgSecret *access)
{
  OcgLoginToken *self = g_new0 (OcgLoginToken, 1);

  self->access = ocg_secret_ref (access);
  return self;
}

OcgLoginToken *
ocg_login_token_copy (const OcgLoginToken *self)
{
  OcgLoginToken *copy = ocg_login_token_new (self->access);

  copy->refresh = self->refresh != NULL ? ocg_secret_ref (self->refresh) : NULL;
  copy->expires = self->expires;
  copy->lifetime = self->lifetime;
  copy->region = g_strdup (self->region);
  copy->base_url = g_strdup (self->base_url);
  copy->login = g_strdup (self->login);
  copy->endpoint = g_strdup (self->endpoint);
  return copy;
}

void
ocg_login_token_free (OcgLoginToken *self)
{
  ocg_secret_unref (self->access);
  g_clear_pointer (&self->refresh, ocg_secret_unref);
  g_free (self->region);
  g_free (self->base_url);
  g_free (self->login);
  g_free (self->endpoint);
  g_free (self);
}

/* NULL when there is nothing in it. */
static char *
read_text (const OcgJsonSlice *slice, GString *buffer)
{
  if (slice->kind != OCG_JSON_STRING || slice->length == 0)
    return NULL;
  return g_strdup (ocg_json_slice_read (slice, buffer));
}

static OcgSecret *
read_secret (const OcgJsonSlice *slice, GString *buffer)
{
  if (slice->kind != OCG_JSON_STRING || slice->length == 0)
    return NULL;
  ocg_json_slice_read (slice, buffer);
  return ocg_secret_new (buffer->str, (gssize) buffer->len);
}

static gint64
read_time (const OcgJsonSlice *slice)
{
  gint64 value = slice->kind == OCG_JSON_NUMBER ? g_ascii_strtoll (slice->start, NULL, 10) : 0;

  return value > 0 && value < MAX_TIME ? value : 0;
}

static OcgLoginToken *
read_members (const OcgJsonSlice *slices, GString *buffer)
{
  g_autoptr (OcgSecret) access = read_secret (&slices[ACCESS], buffer);
  OcgLoginToken *self;

  if (access == NULL)
    return NULL;
  self = ocg_login_token_new (access);
  self->refresh = read_secret (&slices[REFRESH], buffer);
  self->expires = read_time (&slices[EXPIRES]);
  self->lifetime = read_time (&slices[LIFETIME]);
  self->region = read_text (&slices[REGION], buffer);
  self->base_url = read_text (&slices[BASE_URL], buffer);
  self->login = read_text (&slices[LOGIN], buffer);
  self->endpoint = read_text (&slices[ENDPOINT], buffer);
  return self;
}

OcgLoginToken *
ocg_login_token_parse (OcgSecret *secret)
{
  const char *text = ocg_secret_peek (secret);
  gsize length = strlen (text);
  OcgJsonSlice slices[N_MEMBERS];
  OcgLoginToken *self = NULL;
  GString *buffer;

  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  if (*text != '{')
    return ocg_login_token_new (secret);
  if (!ocg_json_skim (text, length, members, N_MEMBERS, slices))
    return NULL;
  if (!ocg_json_slice_is (&slices[TYPE], "oauth") && !ocg_json_slice_is (&slices[TYPE], "token"))
    {
      /* Some providers have keys that are JSON. One with tokens in it is a login that somebody has
       * written otherwise, and must not be sent as a whole. */
      gboolean is_key = slices[ACCESS].kind == OCG_JSON_ABSENT
                        && slices[REFRESH].kind == OCG_JSON_ABSENT;

      return is_key ? ocg_login_token_new (secret) : NULL;
    }

  /* No string is longer than the text, so none leaves a copy behind by growing. */
  buffer = g_string_sized_new (length + 1);
  self = read_members (slices, buffer);
  ocg_secret_wipe (buffer->str, buffer->allocated_len);
  g_string_free (buffer, TRUE);
  return self;
}

static gsize
measure (const OcgLoginToken *self)
{
  const char *const texts[] = { self->region, self->base_url, self->login, self->endpoint };
  gsize size = strlen (ocg_secret_peek (self->access));

  if (self->refresh != NULL)
    size += strlen (ocg_secret_peek (self->refresh));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    size += texts[i] != NULL ? strlen (texts[i]) : 0;
  return size;
}

OcgSecret *
ocg_login_token_print (const OcgLoginToken *self)
{
  /* Escaping makes six bytes of one; growing would leave a copy behind. */
  GString *text = g_string_sized_new (6 * measure (self) + 256);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (text);
  OcgSecret *secret;

  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, members[TYPE].key, self->refresh != NULL ? "oauth" : "token");
  ocg_json_member_string (&writer, members[ACCESS].key, ocg_secret_peek (self->access));
  if (self->refresh != NULL)
    ocg_json_member_string (&writer, members[REFRESH].key, ocg_secret_peek (self->refresh));
  if (self->expires > 0)
    ocg_json_member_int (&writer, members[EXPIRES].key, self->expires);
  if (self->lifetime > 0)
    ocg_json_member_int (&writer, members[LIFETIME].key, self->lifetime);
  ocg_json_member_string (&writer, members[REGION].key, self->region);
  ocg_json_member_string (&writer, members[BASE_URL].key, self->base_url);
  ocg_json_member_string (&writer, members[LOGIN].key, self->login);
  ocg_json_member_string (&writer, members[ENDPOINT].key, self->endpoint);
  ocg_json_close (&writer, '}');

  secret = ocg_secret_new (text->str, (gssize) text->len);
  ocg_secret_wipe (text->str, text->allocated_len);
  g_string_free (text, TRUE);
  return secret;
}
