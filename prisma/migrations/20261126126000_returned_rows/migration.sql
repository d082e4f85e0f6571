-- Rejected rows that were corrected and brought back: a part of a day, so no other file is measured by its length.
alter table imports add column is_returned boolean not null default false;
