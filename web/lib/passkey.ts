import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { z } from 'zod'
import type { PasskeyAnswer, PasskeyOptions } from '../../src/contract/proof.ts'
import { Refused } from './refused.ts'

type Options = z.infer<typeof PasskeyOptions>
export type Passkey = z.infer<typeof PasskeyAnswer>

/** Whether this browser, under this address, knows passkeys: https or localhost, and never a bare IP address (WebAuthn: RP ID). */
export const passkeysHere = (): boolean => 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(window.location.hostname)

/**
 * Has the browser show a passkey that is there (`navigator.credentials.get`). Null when the person turned away.
 * `inFields` offers it where the browser fills in the name (conditional mediation); it waits until one is chosen.
 * @throws Refused `passkey.refused`
 */
export async function showPasskey(options: Options, inFields = false): Promise<Passkey | null> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return asked(() =>
    startAuthentication({
      optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
      useBrowserAutofill: inFields,
    }),
  )
}

/**
 * Has the browser make a passkey (`navigator.credentials.create`). Null when the person turned away.
 * @throws Refused `passkey.known`, `passkey.refused`
 */
export async function makePasskey(options: Options): Promise<Passkey | null> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return asked(() => startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON }))
}

/** Whether passkeys can be offered where the browser fills in the name. */
export async function passkeysInFields(): Promise<boolean> {
  return passkeysHere() && (await (await import('@simplewebauthn/browser')).browserSupportsWebAuthnAutofill())
}

/** Takes back what was asked of the browser and not answered yet. */
export const stopAsking = async () => (await import('@simplewebauthn/browser')).WebAuthnAbortService.cancelCeremony()

async function asked(ceremony: () => Promise<unknown>): Promise<Passkey | null> {
  try {
    return (await ceremony()) as Passkey
  } catch (fault) {
    if (!(fault instanceof Error)) throw fault
    // closed, timed out, or none to choose: the browser does not tell which (WebAuthn Level 3, 14.6)
    if (fault.name === 'NotAllowedError' || fault.name === 'AbortError') return null
    if (fault.name === 'InvalidStateError') throw new Refused('passkey.known', 'This device holds a passkey for here already.')
    if (fault.name === 'SecurityError')
      throw new Refused('passkey.refused', 'Passkeys do not work under this address. Open the firm’s own address.')
    throw new Refused('passkey.refused', 'The browser could not use a passkey here. Use another device or another factor.')
  }
}
