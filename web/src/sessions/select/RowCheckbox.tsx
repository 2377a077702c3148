/** Selects a row. With Shift, everything from the row that was selected last. */
export function RowCheckbox({
  label,
  checked,
  onToggle,
}: {
  label: string;
  checked: boolean;
  onToggle: (isRange: boolean) => void;
}) {
  return (
    <label className="row-select">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) => onToggle((event.nativeEvent as MouseEvent).shiftKey === true)}
      />
    </label>
  );
}
