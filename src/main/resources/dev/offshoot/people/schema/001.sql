-- People, what they may do, and what they did. Runs alike on H2 (in PostgreSQL mode) and on PostgreSQL.
-- Workspaces live in repositories: their ids have no table here.

CREATE TABLE account (
  id UUID PRIMARY KEY,
  kind VARCHAR(10) NOT NULL,
  name VARCHAR(200) NOT NULL,
  email VARCHAR(254) NOT NULL CONSTRAINT account_email UNIQUE,
  status VARCHAR(10) NOT NULL,
  administrator BOOLEAN NOT NULL,
  password VARCHAR(300),
  default_workspace UUID,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE membership (
  account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  workspace UUID NOT NULL,
  role VARCHAR(10) NOT NULL,
  status VARCHAR(10) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (account, workspace)
);
CREATE INDEX membership_workspace ON membership (workspace);

CREATE TABLE team (
  id UUID PRIMARY KEY,
  workspace UUID NOT NULL,
  name VARCHAR(50) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT team_name UNIQUE (workspace, name)
);

CREATE TABLE team_member (
  team UUID NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  account UUID NOT NULL,
  workspace UUID NOT NULL,
  PRIMARY KEY (team, account),
  FOREIGN KEY (account, workspace) REFERENCES membership (account, workspace) ON DELETE CASCADE
);

CREATE TABLE token (
  id UUID PRIMARY KEY,
  hash VARCHAR(64) NOT NULL CONSTRAINT token_hash UNIQUE,
  label VARCHAR(200) NOT NULL,
  account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  scope VARCHAR(10) NOT NULL,
  workspace UUID,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX token_account ON token (account);

CREATE TABLE audit (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  request VARCHAR(32) NOT NULL,
  account UUID,
  who VARCHAR(200) NOT NULL,
  action VARCHAR(300) NOT NULL,
  workspace UUID,
  status INTEGER NOT NULL,
  commit_id VARCHAR(64)
);
CREATE INDEX audit_account ON audit (account);
CREATE INDEX audit_workspace ON audit (workspace);
