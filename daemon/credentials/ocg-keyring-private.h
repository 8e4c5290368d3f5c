/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the files of OcgKeyring share: one operation (a lookup, a store, a removal) as it goes
 * through its steps. */

#pragma once

#include "ocg-keyring-list.h"
#include "ocg-keyring-unlock.h"
#include "ocg-secret-session.h"

/* Each step owns the operation and hands it to the next one. The task is gone when the caller has
 * cancelled and got its answer; the operation then ends at its next step. */
/* An operation whose item changes under it starts again. */
#define OCG_KEYRING_MAX_TRIES 3

typedef struct _OcgKeyringOp OcgKeyringOp;
typedef void (*OcgKeyringStep) (OcgKeyringOp *op); /* @op: (transfer full) */

struct _OcgKeyringOp
{
  OcgKeyring *keyring;
  GTask *task; /* (nullable) */
  GCancellable *cancellable;
  GSource *cancel_source;
  char *profile;

  gboolean unlock_tried;
  OcgKeyringStep after_unlock;
  guint tries;
  OcgSecretSession *session;
  guint64 epoch;

  char *path;   /* lookup: the item that is read */
  char *origin; /* lookup: what it is bound to; store: what it shall be */

  char *provider; /* store */
  char *kind;
  char *region; /* (nullable) */
  OcgSecret *secret;

  char *collection; /* store and remove: where it happens */
  GPtrArray *paths; /* of char*: items to delete */
};

OcgKeyringOp *ocg_keyring_op_new (OcgKeyring *keyring, const char *profile,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data, gpointer tag);
void ocg_keyring_op_free (OcgKeyringOp *op);
/* The ends. @error: (transfer full) */
void ocg_keyring_op_return_error (OcgKeyringOp *op, GError *error);
void ocg_keyring_op_return_true (OcgKeyringOp *op);

/* Finishes a reading of the list; FALSE when @op is over. */
gboolean ocg_keyring_op_was_read (OcgKeyringOp *op, GAsyncResult *result);
/* Unlocks what is locked, once an operation, then goes on with @next. @op: (transfer full) */
void ocg_keyring_op_unlock (OcgKeyringOp *op, OcgKeyringStep next);
/* Gives @op a session, the one there is or one that is opened for all who wait. (transfer full) */
void ocg_keyring_op_open_session (OcgKeyringOp *op, OcgKeyringStep next);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgKeyringOp, ocg_keyring_op_free)

OcgKeyringList *ocg_keyring_get_list (OcgKeyring *self);
OcgKeyringUnlock *ocg_keyring_get_unlock (OcgKeyring *self);
GDBusConnection *ocg_keyring_get_bus (OcgKeyring *self);

/* What was fetched so far is not to be given out any more. */
void ocg_keyring_forget_secrets (OcgKeyring *self);
/* The service does not know the session any more. */
void ocg_keyring_drop_session (OcgKeyring *self);
