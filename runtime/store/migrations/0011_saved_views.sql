CREATE TABLE saved_views (
    id text PRIMARY KEY,
    target text NOT NULL,
    name text NOT NULL,
    description text,
    filter json NOT NULL,
    settings json,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    created_by text,
    updated_at timestamptz NOT NULL,
    updated_by text,
    UNIQUE (target, name)
);
COMMENT ON TABLE saved_views IS 'Filters of lists that people gave a name, for everybody.';
COMMENT ON COLUMN saved_views.filter IS 'As the filter of the list is given to the API.';
COMMENT ON COLUMN saved_views.settings IS 'How a client shows the list: columns, order; nobody else reads it.';
