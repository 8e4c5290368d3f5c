/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-args.h"

#include "ocg-error.h"
#include "ocg-secret-option.h"

#include <glib/gi18n.h>
#include <string.h>

/* Characters of what was typed that a message repeats. */
#define MAX_SHOWN 40

OcgArgs *
ocg_args_new (void)
{
  OcgArgs *self = g_new0 (OcgArgs, 1);

  self->group = g_strdup ("");
  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) g_ptr_array_unref);
  self->operands = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
ocg_args_free (OcgArgs *self)
{
  g_free (self->group);
  g_hash_table_unref (self->options);
  g_hash_table_unref (self->lists);
  g_ptr_array_unref (self->operands);
  g_free (self);
}

gboolean
ocg_args_has (const OcgArgs *self, const char *option)
{
  return g_hash_table_contains (self->options, option);
}

const char *
ocg_args_get (const OcgArgs *self, const char *option)
{
  return g_hash_table_lookup (self->options, option);
}

const GPtrArray *
ocg_args_get_list (const OcgArgs *self, const char *option)
{
  return g_hash_table_lookup (self->lists, option);
}

const char *
ocg_args_operand (const OcgArgs *self, guint i)
{
  return i < self->operands->len ? g_ptr_array_index (self->operands, i) : NULL;
}

gboolean
ocg_args_may_be_secret (const char *word)
{
  static const char *const beginnings[] = { "sk-", "sk_", "eyJ", "AIza", "gsk_", "xai-", "key-" };
  gboolean has_digit = FALSE;
  gboolean has_letter = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (word, beginnings[i]))
      return TRUE;
  for (const char *p = word; *p != '\0'; p++)
    {
      has_digit |= g_ascii_isdigit (*p);
      has_letter |= g_ascii_isalpha (*p);
    }
  return strlen (word) >= 16 && has_digit && has_letter;
}

gboolean
ocg_args_wants_json (const char *const *argv)
{
  for (guint i = 0; argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--json"))
      return TRUE;
  return FALSE;
}

static gboolean
is_option (const char *word)
{
  return word[0] == '-' && word[1] != '\0';
}

/* Such as -5, which no option is called. */
static gboolean
is_negative_number (const char *word)
{
  return word[0] == '-'
         && (g_ascii_isdigit (word[1]) || (word[1] == '.' && g_ascii_isdigit (word[2])));
}

/* Options that may stand anywhere, before the command is known. */
static gboolean
take_early_option (OcgArgs *self, const char *word)
{
  if (g_str_equal (word, "--help") || g_str_equal (word, "-h"))
    self->help = TRUE;
  else if (g_str_equal (word, "--version"))
    self->version = TRUE;
  else if (g_str_equal (word, "--json"))
    g_hash_table_insert (self->options, (gpointer) "json", g_strdup (""));
  else if (g_str_equal (word, "--plain"))
    g_hash_table_insert (self->options, (gpointer) "plain", g_strdup (""));
  else
    return FALSE;
  return TRUE;
}

/* Takes the words of the command and what options stand between them. Returns the rest. */
static const char *const *
take_command (OcgArgs *self, const char *const *words)
{
  while (*words != NULL)
    {
      g_autofree char *longer = NULL;

      if (self->command != NULL && (self->command->flags & OCG_COMMAND_PASSES_WORDS))
        break;
      if (take_early_option (self, *words))
        {
          words++;
          continue;
        }
      longer = *self->group != '\0' ? g_strconcat (self->group, " ", *words, NULL)
                                    : g_strdup (*words);
      if (**words == '\0'
          || (ocg_command_find (longer) == NULL && !ocg_command_is_group (longer)))
        break;
      self->command = ocg_command_find (longer);
      g_free (self->group);
      self->group = g_steal_pointer (&longer);
      words++;
    }
  return words;
}

static void
shorten (GString *text)
{
  if (g_utf8_strlen (text->str, (gssize) text->len) <= MAX_SHOWN)
    return;
  g_string_truncate (text, (gsize) (g_utf8_offset_to_pointer (text->str, MAX_SHOWN) - text->str));
  g_string_append (text, "…");
}

static void
set_unknown_command (OcgArgs *self, const char *const *words, GError **error)
{
  g_autoptr (GString) typed = g_string_new (self->group);
  g_auto (GStrv) suggestions = NULL;
  g_autofree char *nearest = NULL;
  const char *own = NULL;

  for (; *words != NULL && !is_option (*words); words++)
    g_string_append_printf (typed, "%s%s", typed->len > 0 ? " " : "", *words);
  suggestions = ocg_command_suggest (typed->str);
  nearest = g_strjoinv (", ", suggestions);

  own = typed->str + strlen (self->group);
  if (ocg_args_may_be_secret (*own == ' ' ? own + 1 : own))
    g_string_assign (typed, "...");
  shorten (typed);
  if (*nearest != '\0')
    /* TRANSLATORS: the first %s is what was typed, the second a list such as "models list, ask". */
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("There is no command “%s”. The nearest are: %s."), typed->str, nearest);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("There is no command “%s”."),
                 typed->str);
}

/* Nothing but a group, or nothing at all, was named. */
static void
set_no_command (OcgArgs *self, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  gsize length = strlen (self->group);

  for (const OcgCommand *c = ocg_commands; c->words != NULL; c++)
    if (length > 0 && strncmp (c->words, self->group, length) == 0 && c->words[length] == ' ')
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", c->words);

  if (names->len == 0)
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("Say which command to run."));
  else
    /* TRANSLATORS: %s is a list such as "models auth add, models auth list". */
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("Say which command to run: %s."),
                 names->str);
}

static const OcgOption *
find_in (const OcgOption *options, const char *name, gsize length, char letter)
{
  for (const OcgOption *o = options; o != NULL && o->name != NULL; o++)
    if (letter != 0 ? o->letter == letter
                    : strncmp (o->name, name, length) == 0 && o->name[length] == '\0')
      return o;
  return NULL;
}

static const OcgOption *
find_option (const OcgArgs *self, const char *name, gsize length, char letter)
{
  const OcgOption *option = find_in (self->command->options, name, length, letter);

  return option != NULL ? option : find_in (ocg_common_options, name, length, letter);
}

/* Whether @word is an option of any command. */
static gboolean
is_known_option (const char *word)
{
  gboolean is_long = word[1] == '-';
  gsize length = is_long ? strcspn (word + 2, "=") : 1;
  char letter = is_long ? 0 : word[1];
  gboolean found = find_in (ocg_common_options, word + 2, length, letter) != NULL;

  for (const OcgCommand *c = ocg_commands; c->words != NULL && !found; c++)
    found = find_in (c->options, word + 2, length, letter) != NULL;
  return found;
}

/* The option that @word is meant to be, without its value; NULL if that may be a key. */
static char *
name_option (const char *word)
{
  gboolean is_long = word[1] == '-';
  gsize length = is_long ? strcspn (word, "=") : (gsize) (g_utf8_next_char (word + 1) - word);
  g_autofree char *name = g_strndup (word, length);

  return strlen (name) > MAX_SHOWN || ocg_args_may_be_secret (name) ? NULL
                                                                   : g_steal_pointer (&name);
}

/* An option stands where a command should. */
static void
set_early_option (const char *word, GError **error)
{
  g_autofree char *name = name_option (word);

  if (g_str_equal (word, "--") || is_known_option (word))
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("Options come after the command that they belong to."));
  else if (name != NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("There is no option %s."), name);
  else
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("There is no such option."));
}

/* Shows no more of @word than the name of an option, and only if it can be one. */
static void
set_unknown_option (OcgArgs *self, const char *word, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *name = name_option (word);
  const char *nearest = NULL;

  for (const OcgOption *o = self->command->options; o != NULL && o->name != NULL; o++)
    g_ptr_array_add (names, (gpointer) o->name);
  g_ptr_array_add (names, NULL);
  if (name != NULL && name[1] == '-')
    nearest = ocg_command_nearest (name + 2, (const char *const *) names->pdata);

  if (self->command->flags & OCG_COMMAND_TAKES_SECRET && ocg_secret_option_is_one (word))
    ocg_secret_option_refuse (word, self->command->words, error);
  else if (self->command->flags & OCG_COMMAND_TAKES_SECRET && nearest != NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” has no option %s. The nearest is --%s."), self->command->words, name,
                 nearest);
  else if (self->command->flags & OCG_COMMAND_TAKES_SECRET)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” does not know one of the options given. A key is never an option: it "
                    "is asked for, read from standard input, or taken with --from-env."),
                 self->command->words);
  else if (nearest != NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” has no option %s. The nearest is --%s."), self->command->words, name,
                 nearest);
  else if (name == NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” does not know one of the options given."), self->command->words);
  else if (self->operands->len > 0 && self->operands->len < self->command->max_operands)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 /* TRANSLATORS: a command, and what was typed, such as -x. */
                 _ ("“%s” has no option %s. If it is no option, write “--” before it."),
                 self->command->words, name);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("“%s” has no option %s."),
                 self->command->words, name);
}

static gboolean
needs_value (const OcgOption *option)
{
  return option->kind == OCG_OPTION_VALUE || option->kind == OCG_OPTION_LIST;
}

static void
keep_option (OcgArgs *self, const OcgOption *option, const char *value)
{
  GPtrArray *list = g_hash_table_lookup (self->lists, option->name);

  g_hash_table_insert (self->options, (gpointer) option->name,
                       g_strdup (value != NULL ? value : ""));
  if (option->kind != OCG_OPTION_LIST)
    return;
  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->lists, (gpointer) option->name, list);
    }
  g_ptr_array_add (list, g_strdup (value));
}

static gboolean
take_option (OcgArgs *self, const char *const **words, GError **error)
{
  const char *word = **words;
  gboolean is_long = word[1] == '-';
  gsize length = is_long ? strcspn (word + 2, "=") : 1;
  const OcgOption *option = find_option (self, word + 2, length, is_long ? 0 : word[1]);
  const char *value = NULL;

  if (option == NULL || (!is_long && option->kind == OCG_OPTION_FLAG && word[2] != '\0'))
    {
      set_unknown_option (self, word, error);
      return FALSE;
    }
  if (is_long && word[2 + length] == '=')
    value = word + 2 + length + 1;
  else if (!is_long && word[2] != '\0')
    value = word + 2;

  if (option->kind == OCG_OPTION_FLAG && value != NULL)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("The option --%s takes no value."), option->name);
      return FALSE;
    }
  if (value == NULL && (*words)[1] != NULL
      && (needs_value (option)
          || (option->kind == OCG_OPTION_OPTIONAL_VALUE && !is_option ((*words)[1]))))
    value = *++*words;
  if (value == NULL && needs_value (option))
    {
      /* TRANSLATORS: the second %s is what the value stands for, such as PROVIDER. */
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("The option --%s needs a value: %s."), option->name, option->value);
      return FALSE;
    }
  if (option->kind == OCG_OPTION_FLAG && take_early_option (self, word))
    return TRUE;
  keep_option (self, option, value);
  return TRUE;
}

static gboolean
take_rest (OcgArgs *self, const char *const *words, GError **error)
{
  gboolean options_ended = FALSE;

  for (; *words != NULL; words++)
    {
      if (options_ended || !is_option (*words)
          || (is_negative_number (*words) && !(self->command->flags & OCG_COMMAND_TAKES_SECRET)))
        g_ptr_array_add (self->operands, g_strdup (*words));
      else if (g_str_equal (*words, "--"))
        options_ended = TRUE;
      else if (!take_option (self, &words, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_operands (const OcgArgs *self, GError **error)
{
  const OcgCommand *command = self->command;
  const char *surplus = ocg_args_operand (self, command->max_operands);

  if (self->operands->len < command->min_operands)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("“%s” needs: %s."),
                 command->words, command->operands);
  else if (surplus == NULL)
    return TRUE;
  else if (command->flags & OCG_COMMAND_TAKES_SECRET)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” takes no key on the command line, where every program can see it. Run "
                    "it without the key to be asked for it, send the key to standard input, or "
                    "use --from-env. A key that was typed here should be replaced."),
                 command->words);
  else if (ocg_args_may_be_secret (surplus))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("“%s” was given too many words."),
                 command->words);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” was given a word too many: %s."), command->words, surplus);
  return FALSE;
}

static gboolean
check_formats (const OcgArgs *self, GError **error)
{
  static const char *const formats[] = { "json", "plain", "events" };
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      if (!ocg_args_has (self, formats[i]))
        continue;
      if (first != NULL)
        {
          g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                       _ ("The options --%s and --%s contradict each other."), first, formats[i]);
          return FALSE;
        }
      first = formats[i];
    }
  if ((ocg_args_has (self, "json") && !(self->command->flags & OCG_COMMAND_JSON))
      || (ocg_args_has (self, "plain") && !(self->command->flags & OCG_COMMAND_PLAIN)))
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("“%s” has no option --%s."),
                   self->command->words, first);
      return FALSE;
    }
  return TRUE;
}

/* Everything on the command line may end up in a D-Bus message, which takes UTF-8 only. */
static gboolean
check_utf8 (const char *const *argv, GError **error)
{
  for (guint i = 0; argv[i] != NULL; i++)
    if (!g_utf8_validate (argv[i], -1, NULL))
      {
        g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                     _ ("Word %u of the command line is not valid UTF-8. Convert it, for example "
                        "with iconv."),
                     i + 1);
        return FALSE;
      }
  return TRUE;
}

gboolean
ocg_args_parse (OcgArgs *self, const char *const *argv, GError **error)
{
  const char *const *rest = take_command (self, argv);

  if (self->help || self->version)
    return TRUE;
  if (!check_utf8 (argv, error))
    return FALSE;

  if (*rest != NULL && !is_option (*rest)
      && (self->command == NULL
          || (self->command->max_operands == 0 && ocg_command_is_group (self->group))))
    {
      set_unknown_command (self, rest, error);
      return FALSE;
    }
  if (self->command == NULL)
    {
      if (*rest != NULL)
        set_early_option (*rest, error);
      else
        set_no_command (self, error);
      return FALSE;
    }
  if (self->command->flags & OCG_COMMAND_PASSES_WORDS)
    {
      if (*rest != NULL && (g_str_equal (*rest, "--help") || g_str_equal (*rest, "-h")))
        self->help = TRUE;
      else if (*rest != NULL && g_str_equal (*rest, "--"))
        rest++;
      for (; *rest != NULL; rest++)
        g_ptr_array_add (self->operands, g_strdup (*rest));
      return self->help || check_formats (self, error);
    }
  if (!take_rest (self, rest, error))
    return FALSE;
  return self->help || self->version
         || (check_formats (self, error) && check_operands (self, error));
}
