import { NumberInput, type NumberInputProps } from '@mantine/core'

/** A whole number that is typed; out of its bounds it becomes the nearest within them when the field is left. */
export const WholeNumber = (props: NumberInputProps) => <NumberInput clampBehavior="blur" allowDecimal={false} hideControls {...props} />
