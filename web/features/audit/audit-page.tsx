import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { Page } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { auditCard, auditColumns } from "./audit-columns.tsx";
import { AuditDrawer } from "./audit-drawer.tsx";
import { actionText } from "./audit-words.ts";
import { AUDIT_PAGE, useAudit } from "./use-audit.ts";

/** Every change of the programme: who, what, when, and from what to what. */
export function AuditPage() {
  const client = useClient();
  const audit = useAudit();
  const { list, total, isFiltered, filter } = audit;
  const rows = list.data?.rows;
  return (
    <Page title="Audit" sentence={<Sentence total={total} isFiltered={isFiltered} />}>
      <Filters audit={audit} />
      <DataTable
        label="Audit entries"
        columns={auditColumns(client)}
        rows={rows}
        rowKey={(entry) => entry.id}
        selectedKey={audit.entry}
        onRowClick={(entry) => audit.open(entry.id)}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        card={auditCard}
        empty={<Empty isFiltered={isFiltered} onClear={() => filter({ action: undefined, subjectId: undefined })} />}
      />
      <Pager
        place={audit.place}
        count={rows?.length}
        pageSize={AUDIT_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        asOf={list.data?.asOf}
        noun={total === 1 ? "entry" : "entries"}
        onGo={audit.go}
      />
      <AuditDrawer
        entries={rows ?? []}
        chosen={audit.entry}
        onOpen={audit.open}
        onSubject={(subjectId) => filter({ subjectId, action: undefined })}
      />
    </Page>
  );
}

function Sentence({ total, isFiltered }: { total: number | undefined; isFiltered: boolean }) {
  if (total === undefined || isFiltered) {
    return <>Every change, newest first. Nothing here can be changed or removed.</>;
  }
  return (
    <>
      <b>
        {formatCount(total)} {total === 1 ? "entry" : "entries"}
      </b>
      , newest first. Nothing here can be changed or removed.
    </>
  );
}

function Filters({ audit }: { audit: ReturnType<typeof useAudit> }) {
  const { search, actions, total, filters, filter } = audit;
  const options = actions.map((action) => ({ value: action, label: actionText(action) }));
  const name = audit.list.data?.rows.find((entry) => entry.subject?.id === search.subjectId)?.subject?.name;
  return (
    <FilterBar
      active={[search.action, search.subjectId].filter((value) => value !== undefined).length}
      end={<ExportButton list="audit" filters={filters} count={total} noun="entry" plural="entries" />}
    >
      <FilterSelect label="Action" value={search.action} options={options} onChange={(action) => filter({ action })} />
      {search.subjectId === undefined ? null : (
        <Button
          rightSection={<IconX size={14} stroke={1.75} aria-hidden />}
          onClick={() => filter({ subjectId: undefined })}
          aria-label="Show entries about everything"
        >
          Only {name ?? "one subject"}
        </Button>
      )}
    </FilterBar>
  );
}

function Empty({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return isFiltered ? (
    <EmptyState title="No entry fits these filters" action={<Button onClick={onClear}>Clear the filters</Button>}>
      The filters hide the entries there are, if any.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing was done yet">Every change is recorded here together with the change itself.</EmptyState>
  );
}
