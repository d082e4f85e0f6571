import { NumberInput, PasswordInput, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import type { SourceDto, SourceTested, SourceUpdateInput } from "../../../server/imports/sources/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { fieldErrors } from "../../lib/errors.ts";
import { announce } from "../../lib/notify.ts";
import { countOf, formatBytes } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { FieldPair } from "../../ui/form.tsx";
import { Row } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Dim, When } from "../../ui/text.tsx";

const SIGN_INS = [
  { value: "none", label: "None" },
  { value: "bearer", label: "Bearer token" },
  { value: "basic", label: "User and password" },
];

type Values = Omit<SourceUpdateInput, "secret"> & { secret: string };

/** Where the file comes from: the inbox, or an address that is asked over https. The sign-in goes in and never comes out. */
export function SourceForm({ source }: { source: SourceDto }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const { kind, url, authKind, authUser, sizeLimitMb, timeLimitSeconds } = source;
  const form = useForm<Values>({
    initialValues: { kind, url, authKind, authUser, sizeLimitMb, timeLimitSeconds, secret: "" },
  });
  const save = useMutation(
    trpc.sources.update.mutationOptions({
      onError: (error) => form.setErrors(fieldErrors(error)),
      onSuccess: () => announce("The source was saved. The next sync uses it."),
      onSettled: () => queryClient.invalidateQueries(trpc.sources.pathFilter()),
    }),
  );
  const test = useMutation(trpc.sources.test.mutationOptions());
  const reason = client.reasonFor("sources:write");
  const { secret, ...values } = form.values;
  const submit = () => save.mutate({ clientId: client.id, ...values, ...(secret === "" ? {} : { secret }) });
  const isFetched = values.kind === "https";
  const unsaved = form.isDirty() ? "Save first: what is tried is what is saved." : undefined;
  return (
    <Panel title="Where it comes from" aside={<SavedBy source={source} />}>
      <Stack gap={16}>
        {save.error === null || Object.keys(fieldErrors(save.error)).length > 0 ? null : (
          <ErrorBanner error={save.error} />
        )}
        <Radio.Group label="The nightly file" {...form.getInputProps("kind")}>
          <Stack gap={8} mt={8}>
            <Radio value="inbox" label="Inbox folder" description={`The newest CSV file in ${source.inboxFolder}.`} />
            <Radio value="https" label="HTTPS address" description="Asked whenever a sync takes a file." />
          </Stack>
        </Radio.Group>
        {isFetched ? <AddressFields form={form} hasSecret={source.hasSecret} /> : null}
        {test.data === undefined ? null : <Tested tested={test.data} />}
        {test.error === null ? null : <ErrorBanner error={test.error} />}
        <Row>
          <ActionButton variant="filled" reason={reason} loading={save.isPending} onClick={submit}>
            Save the source
          </ActionButton>
          {isFetched ? (
            <ActionButton
              reason={reason ?? unsaved}
              loading={test.isPending}
              onClick={() => test.mutate({ clientId: client.id })}
            >
              Try it
            </ActionButton>
          ) : null}
        </Row>
      </Stack>
    </Panel>
  );
}

function AddressFields({ form, hasSecret }: { form: ReturnType<typeof useForm<Values>>; hasSecret: boolean }) {
  const { authKind, url, authUser } = form.values;
  const isBasic = authKind === "basic";
  return (
    <>
      <TextInput
        label="Address"
        placeholder="https://exports.example.com/day.csv"
        withAsterisk
        {...form.getInputProps("url")}
        value={url ?? ""}
      />
      <FieldPair>
        <Select label="Sign-in" data={SIGN_INS} allowDeselect={false} {...form.getInputProps("authKind")} />
        {isBasic ? (
          <TextInput label="User" autoComplete="off" {...form.getInputProps("authUser")} value={authUser ?? ""} />
        ) : null}
        {authKind === "none" ? null : (
          <PasswordInput
            label={isBasic ? "Password" : "Token"}
            autoComplete="new-password"
            placeholder={hasSecret ? "stored; leave empty to keep it" : ""}
            {...form.getInputProps("secret")}
          />
        )}
      </FieldPair>
      <FieldPair>
        <NumberInput
          label="Largest file, MB"
          min={1}
          max={100_000}
          allowDecimal={false}
          {...form.getInputProps("sizeLimitMb")}
        />
        <NumberInput
          label="Time limit, seconds"
          min={5}
          max={3_600}
          allowDecimal={false}
          {...form.getInputProps("timeLimitSeconds")}
        />
      </FieldPair>
    </>
  );
}

function Tested({ tested }: { tested: SourceTested }) {
  return tested.kind === "failed" ? (
    <Banner tone="failed" title="The file could not be had.">
      {tested.message} Nothing was kept.
    </Banner>
  ) : (
    <Banner
      tone="done"
      title={`${tested.fileName} can be had: ${countOf(tested.rows, "row")}, ${formatBytes(tested.sizeBytes)}.`}
    >
      Nothing was kept.
      {tested.extraColumns.length === 0 ? "" : ` Extra columns, ignored: ${tested.extraColumns.join(", ")}.`}
    </Banner>
  );
}

function SavedBy({ source }: { source: SourceDto }) {
  return source.updatedAt === null ? null : (
    <Dim>
      saved by {source.updatedByName}, <When at={source.updatedAt} />
    </Dim>
  );
}
