/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-qr.h"

#include <qrencode.h>

/* Modules of white around a code, as the standard wants. */
#define QUIET 4

/* Of the 256 colours, as themes change the first sixteen. */
#define BLACK_ON_WHITE "\033[38;5;16;48;5;231m"
#define NO_STYLE "\033[0m"

static gboolean
is_dark (const QRcode *code, int x, int y)
{
  if (x < 0 || y < 0 || x >= code->width || y >= code->width)
    return FALSE;
  return (code->data[y * code->width + x] & 1) != 0;
}

/* Two modules, one above the other; @inverted: what is drawn is the white. */
static const char *
get_half_blocks (gboolean upper, gboolean lower, gboolean inverted)
{
  upper = upper != inverted;
  lower = lower != inverted;
  if (upper)
    return lower ? "█" : "▀";
  return lower ? "▄" : " ";
}

static char *
draw (const QRcode *code, gboolean has_style)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (int y = -QUIET; y < code->width + QUIET; y += 2)
    {
      if (has_style)
        g_string_append (out, BLACK_ON_WHITE);
      for (int x = -QUIET; x < code->width + QUIET; x++)
        g_string_append (
            out, get_half_blocks (is_dark (code, x, y), is_dark (code, x, y + 1), !has_style));
      g_string_append (out, has_style ? NO_STYLE "\n" : "\n");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
ocg_qr_draw (const char *text, gboolean has_style, guint columns)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
  char *lines = NULL;

  if (code != NULL && (guint) code->width + 2 * QUIET <= columns)
    lines = draw (code, has_style);
  QRcode_free (code);
  return lines;
}
