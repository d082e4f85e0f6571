import { Select, Switch, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { missionTypes } from "../../../server/missions/schema.ts";
import type { MissionDto, MissionType } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import type { MissionValues } from "./mission-form-values.ts";
import { TYPE_WORDS } from "../../lib/mission-words.ts";
import classes from "./missions.module.css";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { RewardSelect } from "./reward-select.tsx";
import { eligibilityOptions, previewOptions } from "./tier-options.ts";

export type MissionForm = UseFormReturnType<MissionValues>;

const typeOptions = missionTypes.map((value) => ({ value, label: TYPE_WORDS[value] }));

/** What the mission is called. */
export function NameFields({ form }: { form: MissionForm }) {
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label="Title"
          description="For your team, such as gold-sprint-q4"
          withAsterisk
          {...form.getInputProps("title")}
        />
        <TextInput
          label="Name"
          description="As creators read it; empty: the title"
          {...form.getInputProps("displayName")}
        />
      </div>
      <Textarea label="Description" autosize minRows={2} maxRows={8} {...form.getInputProps("description")} />
    </>
  );
}

/** What it asks and what it gives. */
export function GoalFields({ form, mission }: { form: MissionForm; mission: MissionDto | null }) {
  const isRaffle = form.values.missionType === "raffle";
  return (
    <>
      <div className={classes.pair}>
        <Select
          label="Type"
          description={mission === null ? "Cannot change later" : "Fixed since the mission was created"}
          data={typeOptions}
          disabled={mission !== null}
          {...form.getInputProps("missionType")}
        />
        {isRaffle ? (
          <TextInput
            label="Ends on"
            description="Taking part is enough: a raffle has no target"
            type="date"
            withAsterisk
            {...form.getInputProps("raffleEndDate")}
          />
        ) : (
          <Target form={form} />
        )}
      </div>
      <RewardSelect
        value={form.values.rewardId}
        onChange={(rewardId) => form.setFieldValue("rewardId", rewardId)}
        error={form.errors["rewardId"]}
        current={mission?.reward ?? null}
      />
    </>
  );
}

function Target({ form }: { form: MissionForm }) {
  const { currency } = useClient();
  const units: Record<MissionType, string> = {
    sales_dollars: `in ${currency}`,
    sales_units: "units sold",
    videos: "videos posted",
    views: "views",
    likes: "likes",
    raffle: "",
  };
  return (
    <TextInput
      label="Target"
      description={`Within the creator's window, ${units[form.values.missionType]}`}
      inputMode="decimal"
      withAsterisk
      {...form.getInputProps("targetValue")}
    />
  );
}

/** Who may take part, and who sees it. */
export function TierFields({ form }: { form: MissionForm }) {
  const ladder = useLadder();
  const { tierEligibility, previewFromTier } = form.values;
  if (!ladder.isLoaded) {
    return <SkeletonBlock height={72} />;
  }
  return (
    <div className={classes.pair}>
      <Select
        label="Tier"
        description="Who gets it"
        data={eligibilityOptions(ladder, tierEligibility)}
        {...form.getInputProps("tierEligibility")}
      />
      <Select
        label="Seen locked by"
        description={
          tierEligibility === "all" ? "Open to all: locked for nobody" : "Lower tiers that see it before they get it"
        }
        disabled={tierEligibility === "all"}
        data={previewOptions(ladder, tierEligibility, tierEligibility === "all" ? null : previewFromTier)}
        {...form.getInputProps("previewFromTier")}
        value={tierEligibility === "all" ? "" : (previewFromTier ?? "")}
        onChange={(value) => form.setFieldValue("previewFromTier", value === "" ? null : value)}
      />
    </div>
  );
}

/** Whether it counts, and where it stands. */
export function RunFields({ form, mission }: { form: MissionForm; mission: MissionDto | null }) {
  const isSwitchedOff = mission?.enabled === true && !form.values.enabled;
  return (
    <>
      <Switch
        label="Enabled"
        description={
          isSwitchedOff
            ? "Switched off, no rows are created and the ones there stop moving"
            : "Rows are created by the next seeding or sync; they sleep until the mission is activated"
        }
        {...form.getInputProps("enabled", { type: "checkbox" })}
      />
      <div className={classes.pair}>
        <TextInput
          label="Place in the list"
          description="Lower numbers stand first"
          inputMode="numeric"
          {...form.getInputProps("displayOrder")}
        />
      </div>
    </>
  );
}
