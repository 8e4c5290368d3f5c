/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-quota-minimax.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "../wire/ocg-json.h"
#include "../wire/ocg-redact.h"

#define TOO_OFTEN 1002
#define NO_CREDENTIAL 1004 /* or no plan */
#define NO_BALANCE 1008
#define BAD_KEY 2049
#define PLAN_USED_UP 2056

#define EXHAUSTED 2
#define UNLIMITED 3 /* or not part of the plan */

/* How far percentages and counts of the same window may be apart: the former are rounded. */
#define TOLERANCE 1.0

#define MAX_PLAN_NAME 60
#define MAX_MESSAGE 300

#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
/* Times outside of these years are not times. */
#define FIRST_MS (G_GINT64_CONSTANT (1577836800) * 1000)
#define LAST_MS (G_GINT64_CONSTANT (4102444800) * 1000)
#define LONGEST_MS (400 * DAY_MS)

/* The members of a row that say something of one window. */
typedef struct
{
  const char *total, *left, *percent, *status, *start, *end, *boost;
  const char *label; /* (nullable) NULL: what start and end say */
} WindowNames;

static const WindowNames windows[] = {
  { "current_interval_total_count", "current_interval_usage_count",
    "current_interval_remaining_percent", "current_interval_status", "start_time", "end_time",
    "interval_boost_permille", NULL },
  { "current_weekly_total_count", "current_weekly_usage_count", "current_weekly_remaining_percent",
    "current_weekly_status", "weekly_start_time", "weekly_end_time", "weekly_boost_permille",
    "week" },
};

typedef enum
{
  ABSENT,
  KNOWN,
  CONTRADICTORY, /* or nonsense */
} Reading;

static gboolean
is_absent (JsonObject *object, const char *name)
{
  return !json_object_has_member (object, name) || json_object_get_null_member (object, name);
}

/* A number from @min to @max. */
static Reading
read_number (JsonObject *object, const char *name, double min, double max, double *value)
{
  if (is_absent (object, name))
    return ABSENT;
  return ocg_json_get_double (object, name, value) && *value >= min && *value <= max
             ? KNOWN
             : CONTRADICTORY;
}

static gint64
read_time (JsonObject *row, const char *name)
{
  gint64 time = 0;

  return ocg_json_get_int (row, name, &time) && time >= FIRST_MS && time <= LAST_MS ? time : 0;
}

/* "5h", "day", "week", "3d", "90m"; NULL for what no window lasts. */
static const char *
name_length (gint64 ms)
{
  static const struct
  {
    gint64 ms;
    const char *label;
  } usual[] = { { 5 * HOUR_MS, "5h" }, { DAY_MS, "day" }, { 7 * DAY_MS, "week" } };
  gint64 minutes = (ms + MINUTE_MS / 2) / MINUTE_MS;
  g_autofree char *label = NULL;

  if (minutes <= 0 || ms > LONGEST_MS)
    return NULL;
  /* Not every server knows exactly when a window ends. */
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (ABS (ms - usual[i].ms) <= usual[i].ms / 20)
      return usual[i].label;
  if (minutes % (24 * 60) == 0)
    label = g_strdup_printf ("%" G_GINT64_FORMAT "d", minutes / (24 * 60));
  else if (minutes % 60 == 0)
    label = g_strdup_printf ("%" G_GINT64_FORMAT "h", minutes / 60);
  else if (minutes < 10 * 60)
    label = g_strdup_printf ("%" G_GINT64_FORMAT "m", minutes);
  else
    return NULL;
  return g_intern_string (label);
}

static void
read_times (JsonObject *row, const WindowNames *names, OcgQuotaWindow *window)
{
  gint64 start = read_time (row, names->start);
  gint64 end = read_time (row, names->end);
  gboolean is_backwards = start != 0 && end != 0 && end <= start;

  window->resets_at = is_backwards ? 0 : end;
  window->label = names->label;
  if (names->label == NULL && start != 0 && end != 0 && !is_backwards)
    window->label = name_length (end - start);
}

/* What remains according to the counts, in percent. */
static Reading
read_counts (JsonObject *row, const WindowNames *names, double *remaining, OcgQuotaWindow *window)
{
  double total = 0;
  double left = 0;
  Reading of_total = read_number (row, names->total, 0, (double) G_MAXINT64, &total);
  Reading of_left = ABSENT;

  if (of_total != KNOWN || total == 0)
    return of_total == CONTRADICTORY ? CONTRADICTORY : ABSENT;
  of_left = read_number (row, names->left, 0, total, &left);
  if (of_left != KNOWN)
    return of_left;
  *remaining = left / total * 100;
  window->used = total - left;
  window->total = total;
  window->unit = OCG_QUOTA_REQUESTS;
  return KNOWN;
}

/* A boosted plan has more than a hundred percent of the ordinary one, and uses up as much more. */
static void
set_percent_totals (JsonObject *row, const WindowNames *names, OcgQuotaWindow *window)
{
  double boost = 0;

  if (read_number (row, names->boost, 1, 100000, &boost) != KNOWN)
    boost = 1000;
  window->unit = OCG_QUOTA_PERCENT;
  window->total = boost / 10;
  window->used = window->used_percent * boost / 1000;
}

static Reading
read_window (JsonObject *row, const WindowNames *names, OcgQuotaWindow *window)
{
  double percent = 0;
  double counted = 0;
  gint64 status = 0;
  Reading of_percent = read_number (row, names->percent, 0, 100, &percent);
  Reading of_counts = read_counts (row, names, &counted, window);

  if (!is_absent (row, names->status) && !ocg_json_get_int (row, names->status, &status))
    return CONTRADICTORY;
  if (status == UNLIMITED)
    return ABSENT;
  if (of_percent == CONTRADICTORY || of_counts == CONTRADICTORY)
    return CONTRADICTORY;
  if (of_percent == KNOWN && of_counts == KNOWN && fabs (percent - counted) > TOLERANCE)
    return CONTRADICTORY;
  /* A percentage that is not said differs from one that there is not. */
  if (of_percent == ABSENT && of_counts == ABSENT && status != EXHAUSTED)
    return json_object_has_member (row, names->percent) ? CONTRADICTORY : ABSENT;
  if (of_percent == ABSENT)
    percent = counted;
  if (status == EXHAUSTED && percent > TOLERANCE)
    return CONTRADICTORY;
  window->used_percent = 100 - percent;
  if (of_counts != KNOWN)
    set_percent_totals (row, names, window);
  read_times (row, names, window);
  return KNOWN;
}

/* The best row there is: of text, of a model of text, any with a limit. */
static JsonObject *
choose_row (JsonArray *rows)
{
  JsonObject *of_model = NULL;
  JsonObject *with_limit = NULL;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = ocg_json_array_get_object (rows, i);
      const char *name = ocg_json_get_string (row, "model_name");

      if (name != NULL && g_ascii_strcasecmp (name, "general") == 0)
        return row;
      if (of_model == NULL && name != NULL
          && g_ascii_strncasecmp (name, "MiniMax-M", strlen ("MiniMax-M")) == 0)
        of_model = row;
      for (guint w = 0; with_limit == NULL && row != NULL && w < G_N_ELEMENTS (windows); w++)
        {
          OcgQuotaWindow window = { 0 };

          if (read_window (row, &windows[w], &window) == KNOWN)
            with_limit = row;
        }
    }
  return of_model != NULL ? of_model : with_limit;
}

static OcgFailure *
new_why (const char *msgid)
{
  return ocg_failure_new (OCG_ERROR_PROVIDER_ERROR, msgid, NULL);
}

static void
set_unknown (OcgQuotaReport *report)
{
  g_array_set_size (report->windows, 0);
  ocg_quota_report_set_state (
      report, OCG_QUOTA_UNKNOWN,
      new_why (N_ ("The provider answered, but not in a way that this version understands.")));
}

/* Whether no window of it has a limit, and that is what it says. */
static gboolean
is_unlimited (JsonObject *row)
{
  gint64 status = 0;
  gint64 weekly = UNLIMITED;

  ocg_json_get_int (row, windows[0].status, &status);
  ocg_json_get_int (row, windows[1].status, &weekly);
  return status == UNLIMITED && weekly == UNLIMITED;
}

static void
read_row (OcgQuotaReport *report, JsonObject *row)
{
  guint n_known = 0;

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      OcgQuotaWindow window = { 0 };
      OcgQuotaWindow unknown = { .used_percent = -1 };
      Reading reading = read_window (row, &windows[i], &window);

      read_times (row, &windows[i], &unknown);
      if (reading != ABSENT)
        g_array_append_val (report->windows, *(reading == KNOWN ? &window : &unknown));
      n_known += reading == KNOWN;
    }
  if (n_known > 0)
    return;
  if (report->windows->len > 0 || !is_unlimited (row))
    set_unknown (report);
  else
    ocg_quota_report_set_state (
        report, OCG_QUOTA_OK, new_why (N_ ("There is no limit, or text is not part of the plan.")));
}

static const char *
explain_code (gint64 code)
{
  switch (code)
    {
    case NO_CREDENTIAL:
    case BAD_KEY:
      return N_ ("The provider refused the credential, or there is no plan behind it.");
    case TOO_OFTEN:
      return N_ ("The provider was asked too often. Try again in a minute.");
    case NO_BALANCE:
      return N_ ("The balance is used up.");
    case PLAN_USED_UP:
      return N_ ("The plan is used up.");
    default:
      return N_ ("The provider did not say how much is left.");
    }
}

/* Whether @object says that all is well; else @report says what is not. */
static gboolean
check_base_resp (OcgQuotaReport *report, JsonObject *object, const char *secret)
{
  JsonObject *base = ocg_json_get_object (object, "base_resp");
  const char *message = ocg_json_get_string (base, "status_msg");
  gint64 code = 0;

  if (base == NULL || is_absent (base, "status_code"))
    return TRUE;
  if (!ocg_json_get_int (base, "status_code", &code))
    {
      set_unknown (report);
      return FALSE;
    }
  if (code == 0)
    return TRUE;
  report->is_rejected = code == NO_CREDENTIAL || code == BAD_KEY;
  ocg_quota_report_set_state (report, OCG_QUOTA_ERROR, new_why (explain_code (code)));
  if (message != NULL && g_utf8_validate (message, -1, NULL))
    report->why->provider_message = ocg_redact (message, secret, MAX_MESSAGE);
  return FALSE;
}

static void
read_plan_name (OcgQuotaReport *report, JsonObject *object, const char *secret)
{
  static const char *const names[] = { "plan_name", "current_subscribe_title" };

  for (guint i = 0; report->plan == NULL && i < G_N_ELEMENTS (names); i++)
    {
      const char *name = ocg_json_get_string (object, names[i]);

      if (name != NULL && *name != '\0')
        report->plan = g_strstrip (ocg_redact (name, secret, MAX_PLAN_NAME));
    }
}

static JsonObject *
parse (OcgQuotaReport *report, const char *text, gsize length, const char *secret)
{
  g_autoptr (JsonObject) root = NULL;

  if (length <= G_MAXSSIZE && g_utf8_validate_len (text, length, NULL))
    root = ocg_json_parse_object (text, (gssize) length, NULL);
  if (root == NULL)
    set_unknown (report);
  else if (check_base_resp (report, root, secret)
           && check_base_resp (report, ocg_json_get_object (root, "data"), secret))
    return g_steal_pointer (&root);
  return NULL;
}

OcgQuotaReport *
ocg_quota_minimax_read_plan (const char *text, gsize length, const char *secret)
{
  OcgQuotaReport *report = ocg_quota_report_new (OCG_QUOTA_PLAN);
  g_autoptr (JsonObject) root = parse (report, text, length, secret);
  JsonObject *data = ocg_json_get_object (root, "data");
  JsonArray *rows = ocg_json_get_array (root, "model_remains");
  JsonObject *row = NULL;

  if (root == NULL)
    return report;
  if (rows == NULL)
    rows = ocg_json_get_array (data, "model_remains");
  row = rows != NULL ? choose_row (rows) : NULL;
  if (row != NULL)
    read_row (report, row);
  else
    set_unknown (report);
  read_plan_name (report, root, secret);
  read_plan_name (report, data, secret);
  return report;
}

/* 12.5 or "12.50". */
static gboolean
read_amount (JsonObject *object, const char *name, double *amount)
{
  const char *text = ocg_json_get_string (object, name);
  char *end = NULL;

  if (ocg_json_get_double (object, name, amount))
    return isfinite (*amount);
  if (text == NULL || strspn (text, "-.0123456789") != strlen (text))
    return FALSE;
  *amount = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*amount);
}

OcgQuotaReport *
ocg_quota_minimax_read_balance (const char *text, gsize length, const char *secret)
{
  OcgQuotaReport *report = ocg_quota_report_new (OCG_QUOTA_BALANCE);
  g_autoptr (JsonObject) root = parse (report, text, length, secret);

  if (root == NULL)
    return report;
  report->has_balance = read_amount (root, "available_amount", &report->balance)
                        || read_amount (ocg_json_get_object (root, "data"), "available_amount",
                                        &report->balance);
  if (!report->has_balance)
    set_unknown (report);
  return report;
}
