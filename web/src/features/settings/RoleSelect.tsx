import { word } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { inputClass } from "@/shared/ui/Input";

const ROLES = ["consultant", "admin"] as const;
export type TenantRole = (typeof ROLES)[number];

type RoleSelectProps = {
  value: TenantRole;
  onChange: (role: TenantRole) => void;
  label?: string;
  id?: string;
  disabled?: boolean;
};

/** A role of the agency; the browser's own list, which every keyboard and phone knows. */
export function RoleSelect({ value, onChange, label, id, disabled }: RoleSelectProps) {
  return (
    <select
      id={id}
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as TenantRole)}
      className={cx(inputClass, "w-auto disabled:opacity-50")}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {word("role", role)}
        </option>
      ))}
    </select>
  );
}
