/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-attachment.h"

#include "ocg-error.h"
#include "ocg-input.h"
#include "ocg-names.h"
#include "ocg-output.h"
#include "ocg-sealed-file.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* dbus-daemon takes so many in a message if its configuration does not say more, and hangs up on
 * whoever sends more. */
#define MAX_DESCRIPTORS 16

#define MIN_FENCE 3

G_STATIC_ASSERT (OCG_INPUT_MAX_TEXT > OCG_MAX_IMAGE_SIZE);

/* The media type that the first bytes tell, or NULL. */
static const char *
sniff_image (const GString *bytes)
{
  if (bytes->len > 8 && memcmp (bytes->str, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (bytes->len > 3 && memcmp (bytes->str, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (bytes->len > 6
      && (memcmp (bytes->str, "GIF87a", 6) == 0 || memcmp (bytes->str, "GIF89a", 6) == 0))
    return "image/gif";
  if (bytes->len > 12 && memcmp (bytes->str, "RIFF", 4) == 0
      && memcmp (bytes->str + 8, "WEBP", 4) == 0)
    return "image/webp";
  return NULL;
}

/* Adds what was read from @fd to @fds. Returns its index or -1. */
static int
add_descriptor (int fd, const GString *bytes, const char *name, GUnixFDList *fds, GError **error)
{
  struct stat info;
  int memory = -1;
  int index = -1;

  /* The gateway reads a file from its beginning, where standard input need not have begun. */
  if (!ocg_input_is_standard (name) && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return g_unix_fd_list_append (fds, fd, error);
  memory = ocg_sealed_file_new (bytes->str, bytes->len, name, error);
  if (memory == -1)
    return -1;
  index = g_unix_fd_list_append (fds, memory, error);
  close (memory);
  return index;
}

static GVariant *
new_image_part (int fd, const GString *bytes, const char *media_type, const char *name,
                GUnixFDList *fds, GError **error)
{
  int index = -1;
  GVariantDict part;

  if (bytes->len > OCG_MAX_IMAGE_SIZE)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("The image “%s” is larger than %u MiB. Make it smaller first."),
                   ocg_input_describe (name), OCG_MAX_IMAGE_SIZE / 1024 / 1024);
      return NULL;
    }
  g_variant_dict_init (&part, NULL);
  g_variant_dict_insert (&part, "type", "s", "image");
  g_variant_dict_insert (&part, "media-type", "s", media_type);
  if (g_unix_fd_list_get_length (fds) >= MAX_DESCRIPTORS)
    g_variant_dict_insert_value (
        &part, "data",
        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes->str, bytes->len, 1));
  else if ((index = add_descriptor (fd, bytes, name, fds, error)) != -1)
    g_variant_dict_insert (&part, "fd", "h", index);
  else
    {
      g_variant_dict_clear (&part);
      return NULL;
    }
  return g_variant_dict_end (&part);
}

/* How many backticks it takes to fence @text in: one more than its longest row of them. */
static guint
measure_fence (const char *text)
{
  guint longest = MIN_FENCE - 1;
  guint run = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      run = *p == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  return longest + 1;
}

static GVariant *
new_text_part (const char *name, const GString *text)
{
  g_autoptr (GString) label = g_string_new (NULL);
  g_autofree char *fence = g_strnfill (measure_fence (text->str), '`');
  gboolean ends = text->len == 0 || text->str[text->len - 1] == '\n';
  GVariantDict part;

  ocg_output_append_clean (label, ocg_input_is_standard (name) ? "standard input" : name, FALSE);
  g_variant_dict_init (&part, NULL);
  g_variant_dict_insert (&part, "type", "s", "text");
  /* The model reads this, so it is the same in every language. */
  g_variant_dict_insert_value (
      &part, "text",
      g_variant_new_take_string (g_strdup_printf ("FILE: %s\n%s\n%s%s%s", label->str, fence,
                                                  text->str, ends ? "" : "\n", fence)));
  return g_variant_dict_end (&part);
}

/* @bytes, which were read from @fd, as a part. */
static GVariant *
new_part (int fd, GString *bytes, const char *name, GUnixFDList *fds, GError **error)
{
  const char *media_type = sniff_image (bytes);
  gboolean is_cut = bytes->len > OCG_INPUT_MAX_TEXT;

  if (media_type != NULL)
    return new_image_part (fd, bytes, media_type, name, fds, error);
  if (bytes->len == 0)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("“%s” is empty. Leave it out."),
                 ocg_input_describe (name));
  else if (is_cut && memchr (bytes->str, '\0', bytes->len) == NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” is larger than %u MiB. Send only the part that matters."),
                 ocg_input_describe (name), OCG_INPUT_MAX_TEXT / 1024 / 1024);
  else if (is_cut || !ocg_input_make_text (bytes))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” is neither text in UTF-8 nor an image in PNG, JPEG, GIF or WebP. Convert "
                    "it first."),
                 ocg_input_describe (name));
  else
    return new_text_part (name, bytes);
  return NULL;
}

GVariant *
ocg_attachment_new_part (const char *name, GUnixFDList *fds, GError **error)
{
  int fd = ocg_input_open (name, error);
  g_autoptr (GString) bytes = NULL;
  GVariant *part = NULL;

  if (fd == -1)
    return NULL;
  bytes = ocg_input_read (fd, name, OCG_INPUT_MAX_TEXT, error);
  if (bytes != NULL)
    part = new_part (fd, bytes, name, fds, error);
  close (fd);
  return part;
}
