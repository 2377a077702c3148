//! Accounts and sign-ins: who can sign in, and who has. Kept in `control.db`, which knows nothing of what they may do.

use rusqlite::{OptionalExtension, Row, params};

use crate::control::Control;
use crate::{ActKind, Actor, Grant, Invitation, NewInvitation, Role, Store, StoreError, token};

/// Longest e-mail address and name, in bytes.
const EMAIL_BYTES_MAX: usize = 254;
const PERSON_NAME_BYTES_MAX: usize = 200;
/// Longest of what a browser says of itself that is kept, in bytes.
const USER_AGENT_BYTES_MAX: usize = 200;

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// E-mail address, in lower case.
    pub email: String,
    /// What the person is called.
    pub name: String,
    /// The password's hash, as argon2 writes it; `None` where there is no password.
    pub password: Option<String>,
}

/// A sign-in: one browser of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Its id.
    pub id: String,
    /// The account's id.
    pub account: String,
    /// When it was made, microseconds UTC.
    pub created_at_us: i64,
    /// When it was last used, to the minute.
    pub last_seen_at_us: i64,
    /// When it ends, used or not.
    pub expires_at_us: i64,
    /// What the browser said of itself.
    pub user_agent: String,
    /// The address it came from.
    pub address: String,
}

const ACCOUNT_COLUMNS: &str = "id, email, name, password";
const SIGN_IN_COLUMNS: &str =
    "id, account, created_at_us, last_seen_at_us, expires_at_us, user_agent, address";

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        password: row.get(3)?,
    })
}

fn sign_in(row: &Row<'_>) -> rusqlite::Result<SignIn> {
    Ok(SignIn {
        id: row.get(0)?,
        account: row.get(1)?,
        created_at_us: row.get(2)?,
        last_seen_at_us: row.get(3)?,
        expires_at_us: row.get(4)?,
        user_agent: row.get(5)?,
        address: row.get(6)?,
    })
}

impl Control {
    pub(crate) fn account_where(
        &self,
        column: &str,
        value: &str,
    ) -> Result<Option<Account>, StoreError> {
        Ok(self
            .lock()
            .prepare_cached(&format!(
                "SELECT {ACCOUNT_COLUMNS} FROM accounts WHERE {column} = ?1"
            ))?
            .query_row([value], account)
            .optional()?)
    }
}

impl Store {
    /// An account by its id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn account(&self, id: &str) -> Result<Option<Account>, StoreError> {
        self.control().account_where("id", id)
    }

    /// An account by its e-mail address, in any case.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn account_by_email(&self, email: &str) -> Result<Option<Account>, StoreError> {
        self.control().account_where("email", &normal(email))
    }

    /// Every account, by e-mail address.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let connection = self.control().lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {ACCOUNT_COLUMNS} FROM accounts ORDER BY email"
        ))?;
        let rows = statement.query_map([], account)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Makes an account; `password` is the hash.
    ///
    /// # Errors
    /// When the address or the name is none, or there is an account with this address.
    pub fn create_account(
        &self,
        email: &str,
        name: &str,
        password: Option<&str>,
    ) -> Result<Account, StoreError> {
        let made = Account {
            id: format!("acct_{}", token::characters(12, self.random())),
            email: check_email(email)?,
            name: check_person(name)?,
            password: password.map(str::to_owned),
        };
        if self.account_by_email(&made.email)?.is_some() {
            return Err(StoreError::Exists {
                what: "account",
                name: made.email,
            });
        }
        self.control().lock().execute(
            "INSERT INTO accounts (id, email, name, password, created_at_us) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![made.id, made.email, made.name, made.password, self.now_us()],
        )
        .map_err(|error| match error.sqlite_error_code() {
            // Somebody was faster.
            Some(rusqlite::ErrorCode::ConstraintViolation) => StoreError::Exists {
                what: "account",
                name: made.email.clone(),
            },
            _ => error.into(),
        })?;
        Ok(made)
    }

    /// Sets an account's password and ends its sign-ins: whoever had the old one is out.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_password(&self, account: &Account, password: &str) -> Result<(), StoreError> {
        {
            let mut connection = self.control().lock();
            let transaction = connection.transaction()?;
            transaction.execute(
                "UPDATE accounts SET password = ?2 WHERE id = ?1",
                params![account.id, password],
            )?;
            transaction.execute("DELETE FROM sign_ins WHERE account = ?1", [&account.id])?;
            transaction.commit()?;
        }
        self.act_where_member(ActKind::PasswordSet, &account.id, &serde_json::json!({}))
    }

    /// True while no workspace has an owner: the first person to come by the set-up link becomes one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn needs_set_up(&self) -> Result<bool, StoreError> {
        for info in self.workspaces()? {
            let members = self.required(&info.name)?.members()?;
            if members
                .iter()
                .any(|member| member.grant.role == Role::Owner)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes an account the owner of every workspace that has none.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn make_first_owner(&self, account: &str) -> Result<(), StoreError> {
        let grant = Grant {
            role: Role::Owner,
            projects: None,
        };
        for info in self.workspaces()? {
            let workspace = self.required(&info.name)?;
            if workspace.members()?.is_empty() {
                workspace.put_member(account, &grant, &Actor::account(account))?;
            }
        }
        Ok(())
    }

    /// Notes a sign-in; `hash` is of its token. An act in every workspace that the person is a member of.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn sign_in(
        &self,
        account: &str,
        hash: &[u8; 32],
        expires_at_us: i64,
        user_agent: &str,
        address: &str,
    ) -> Result<SignIn, StoreError> {
        let now = self.now_us();
        let agent_end = user_agent.floor_char_boundary(USER_AGENT_BYTES_MAX);
        let made = SignIn {
            id: format!("sign_{}", token::characters(12, self.random())),
            account: account.to_owned(),
            created_at_us: now,
            last_seen_at_us: now,
            expires_at_us,
            user_agent: user_agent[..agent_end].to_owned(),
            address: address.to_owned(),
        };
        {
            let connection = self.control().lock();
            connection.execute("DELETE FROM sign_ins WHERE expires_at_us <= ?1", [now])?;
            connection.execute(
                &format!("INSERT INTO sign_ins ({SIGN_IN_COLUMNS}, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
                params![
                    made.id,
                    made.account,
                    made.created_at_us,
                    made.last_seen_at_us,
                    made.expires_at_us,
                    made.user_agent,
                    made.address,
                    hash.as_slice()
                ],
            )?;
        }
        let detail = serde_json::json!({"sign_in": made.id});
        self.act_where_member(ActKind::SignedIn, account, &detail)?;
        Ok(made)
    }

    /// The sign-in whose token has this hash, expired or not, with its account.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_sign_in(&self, hash: &[u8; 32]) -> Result<Option<(SignIn, Account)>, StoreError> {
        let found = self
            .control()
            .lock()
            .prepare_cached(&format!(
                "SELECT {SIGN_IN_COLUMNS} FROM sign_ins WHERE hash = ?1"
            ))?
            .query_row([hash.as_slice()], sign_in)
            .optional()?;
        let Some(found) = found else { return Ok(None) };
        Ok(self
            .account(&found.account)?
            .map(|account| (found, account)))
    }

    /// Notes that a sign-in was used.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn touch_sign_in(&self, id: &str, at_us: i64) -> Result<(), StoreError> {
        self.control().lock().execute(
            "UPDATE sign_ins SET last_seen_at_us = ?2 WHERE id = ?1",
            params![id, at_us],
        )?;
        Ok(())
    }

    /// An account's sign-ins, last used first; those that are over too, until the next sign-in sweeps them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sign_ins(&self, account: &str) -> Result<Vec<SignIn>, StoreError> {
        let connection = self.control().lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {SIGN_IN_COLUMNS} FROM sign_ins WHERE account = ?1 ORDER BY last_seen_at_us DESC, id"
        ))?;
        let rows = statement.query_map([account], sign_in)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ends one of an account's sign-ins; false when it has none with this id.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn end_sign_in(&self, account: &str, id: &str) -> Result<bool, StoreError> {
        let ended = self.control().lock().execute(
            "DELETE FROM sign_ins WHERE account = ?1 AND id = ?2",
            params![account, id],
        )?;
        if ended > 0 {
            let detail = serde_json::json!({"sign_in": id});
            self.act_where_member(ActKind::SignInEnded, account, &detail)?;
        }
        Ok(ended > 0)
    }

    /// Invites a person to a workspace.
    ///
    /// # Errors
    /// When the address or the grant is none, or the person is a member already.
    pub fn invite(
        &self,
        workspace: &str,
        email: &str,
        grant: &Grant,
        actor: &Actor,
    ) -> Result<NewInvitation, StoreError> {
        let email = check_email(email)?;
        let found = self.required(workspace)?;
        if let Some(account) = self.account_by_email(&email)?
            && found.member(&account.id)?.is_some()
        {
            return Err(StoreError::Exists {
                what: "member",
                name: email,
            });
        }
        let new = found.invite(&email, grant, actor)?;
        let (_, prefix) = token::read(&new.token).ok_or(StoreError::Closed)?;
        self.control().add_key_prefix(prefix, workspace)?;
        Ok(new)
    }

    /// The open invitation of a token, with its workspace's name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_invitation(&self, token: &str) -> Result<Option<(String, Invitation)>, StoreError> {
        let Some((token::TokenKind::Invitation, prefix)) = token::read(token) else {
            return Ok(None);
        };
        let Some(name) = self.control().workspace_of_prefix(prefix)? else {
            return Ok(None);
        };
        let Some(workspace) = self.workspace(&name)? else {
            return Ok(None);
        };
        Ok(workspace
            .find_invitation(prefix, token)?
            .map(|invitation| (name, invitation)))
    }

    /// Makes an account a member by an invitation, which is used up by it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was used or withdrawn meanwhile.
    pub fn accept_invitation(
        &self,
        workspace: &str,
        invitation: &Invitation,
        account: &str,
    ) -> Result<(), StoreError> {
        let workspace = self.required(workspace)?;
        if workspace.member(account)?.is_some() {
            // Nothing to give: the grant that the person has stays.
            let actor = Actor::account(account);
            return match workspace.withdraw_invitation(&invitation.id, &actor)? {
                true => Ok(()),
                false => Err(StoreError::NotFound {
                    what: "invitation",
                    name: invitation.id.clone(),
                }),
            };
        }
        workspace.accept_invitation(invitation, account)
    }

    /// Writes an act of a person in every workspace that the person is a member of.
    fn act_where_member(
        &self,
        kind: ActKind,
        account: &str,
        detail: &serde_json::Value,
    ) -> Result<(), StoreError> {
        for info in self.workspaces()? {
            let workspace = self.required(&info.name)?;
            if workspace.member(account)?.is_some() {
                workspace.act(kind, &Actor::account(account), detail.clone())?;
            }
        }
        Ok(())
    }
}

fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

fn check_email(email: &str) -> Result<String, StoreError> {
    let email = normal(email);
    let is_address = email.len() <= EMAIL_BYTES_MAX
        && !email.chars().any(|c| c.is_whitespace() || misleads(c))
        && email.split_once('@').is_some_and(|(person, host)| {
            !person.is_empty() && !host.is_empty() && !host.contains('@')
        });
    if is_address {
        Ok(email)
    } else {
        Err(StoreError::Invalid(
            "this is no e-mail address: it has a form such as name@example.org".to_owned(),
        ))
    }
}

/// Control characters, and those that hide or reorder text: a name is to be what it looks like.
fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn check_person(name: &str) -> Result<String, StoreError> {
    let name = name.trim();
    if name.is_empty() || name.len() > PERSON_NAME_BYTES_MAX || name.chars().any(misleads) {
        return Err(StoreError::Invalid(format!(
            "a person's name has 1 to {PERSON_NAME_BYTES_MAX} bytes and no control characters"
        )));
    }
    Ok(name.to_owned())
}
