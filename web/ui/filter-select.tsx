import { Combobox, useCombobox } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { cx } from "./cx.ts";
import classes from "./filter-bar.module.css";

export interface FilterOption<Value extends string> {
  value: Value;
  label: string;
}

interface SelectProps<Value extends string> {
  /** "Tier". */
  label: string;
  value: Value | undefined;
  options: readonly FilterOption<Value>[];
  onChange: (value: Value | undefined) => void;
  /** The word for no filter; by default "all". Null where one option must be chosen, as for a sort. */
  all?: string | null | undefined;
  /** Marks the choice as one that was changed, where `all` is null and every choice is one. */
  isChanged?: boolean | undefined;
}

/** A filter written as "Tier all": the label quiet, the choice bold, a list below. */
export function FilterSelect<Value extends string>({
  label,
  value,
  options,
  onChange,
  all = "all",
  isChanged,
}: SelectProps<Value>) {
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.selectActiveOption(),
    onDropdownClose: () => combobox.resetSelectedOption(),
  });
  const chosen = options.find((option) => option.value === value);
  // An old or mistyped address may ask for what is no option: it filters all the same, so it is named. Without any options they still load.
  const isUnknown = all !== null && value !== undefined && chosen === undefined && options.length > 0;
  const shown = all === null ? options : [{ value: "", label: all }, ...options];
  return (
    <Combobox
      store={combobox}
      width="max-content"
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(picked) => {
        onChange(options.find((option) => option.value === picked)?.value);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          className={cx(
            classes.select,
            (isChanged ?? (isUnknown || (chosen !== undefined && all !== null))) && classes.set,
          )}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className={classes.name}>{label}</span>
          <span className={classes.value}>{isUnknown ? `“${value}”` : (chosen?.label ?? all ?? "")}</span>
          <IconChevronDown size={14} stroke={1.75} aria-hidden className={classes.chevron} />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown miw={140}>
        <Combobox.Options aria-label={label}>
          {shown.map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={option.value === (value ?? "")}>
              {option.label}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
