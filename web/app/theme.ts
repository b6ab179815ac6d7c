import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const tuple = (hexes: string) => hexes.split(' ').map((hex) => `#${hex}`) as unknown as MantineColorsTuple

/** Mantine told our sizes. The tokens in `styles/tokens.css` stay the truth for every colour on a screen. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 1 },
  autoContrast: true,
  colors: {
    ink: tuple('f7f1ed e4dcd6 cbc2bb a8a099 897e76 635a53 4a423b 413932 2c2520 1f1915'),
    rose: tuple('f6ecec e9d0d2 d9b3b5 ef98a0 d57983 bf5d69 af4756 a3394a 8a2539 73172b'),
  },
  fontFamily: 'var(--sans)',
  headings: { fontFamily: 'var(--serif)', fontWeight: '500' },
  fontSizes: { xs: '.75rem', sm: '.8125rem', md: '.875rem', lg: '.9375rem', xl: '1.0625rem' },
  spacing: { xs: '.25rem', sm: '.5rem', md: '.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '2px', sm: '3px', md: '5px', lg: '8px', xl: '999px' },
  defaultRadius: 'sm',
  shadows: { md: 'var(--lift)' },
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    Drawer: {
      defaultProps: { position: 'right', size: '27rem', transitionProps: { duration: 180 }, closeButtonProps: { 'aria-label': 'Close' } },
    },
    Modal: {
      defaultProps: { radius: 'lg', yOffset: '12vh', transitionProps: { duration: 90 }, closeButtonProps: { 'aria-label': 'Close' } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { openDelay: 400 } },
  },
})

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--canvas)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-error': 'var(--rose)',
    '--mantine-color-anchor': 'var(--ink)',
  },
  light: {},
  dark: {},
})
