import type { PracticePerson, PracticeRole, PracticeSquad } from './state.ts';

/** The tribe's people by squad. Sam has the Owl tonight; Dora deployed the version that broke. */
const ROSTER: Record<string, readonly (readonly [id: string, name: string])[]> = {
  billing: [
    ['PDORA01', 'Dora Lindqvist'],
    ['PKOFI02', 'Kofi Mensah'],
    ['PANYA03', 'Anya Petrova'],
    ['PTOMA04', 'Tomás Herrera'],
  ],
  ledger: [
    ['PMEI005', 'Mei Tanaka'],
    ['PLUCA06', 'Luca Moretti'],
    ['PAIDA07', 'Aïda Benali'],
    ['PJONA08', 'Jonas Weber'],
  ],
  identity: [
    ['PRAVI09', 'Ravi Nair'],
    ['PELIF10', 'Elif Demir'],
    ['PNOAH11', 'Noah Campbell'],
  ],
  messaging: [
    ['PSAM001', 'Sam Okafor'],
    ['PNIAM12', 'Niamh Byrne'],
    ['PIGOR13', 'Igor Kovač'],
    ['PZURI14', 'Zuri Abara'],
  ],
  storefront: [
    ['PYARA15', 'Yara Haddad'],
    ['PFINN16', 'Finn Olsen'],
    ['PLENA17', 'Lena Novak'],
    ['POMAR18', 'Omar Farouk'],
  ],
};

/** Nobody covers identity's first level: re-routing there would page nobody at once. */
const EMPTY_FIRST_LEVEL = 'identity';

/** Nobody works on them. */
export const HOLIDAYS: readonly { readonly date: string; readonly name: string }[] = [
  { date: '2026-12-25', name: 'Christmas Day' },
  { date: '2026-12-28', name: 'Boxing Day (substitute day)' },
  { date: '2027-01-01', name: "New Year's Day" },
];

export const YOU = 'PSAM001';

export function people(): PracticePerson[] {
  return Object.entries(ROSTER).flatMap(([squad, members]) =>
    members.map(([id, name]) => ({ id, name, email: emailOf(name), squad })),
  );
}

export function squads(): PracticeSquad[] {
  return Object.entries(ROSTER).map(([id, members], index) => {
    const [first, second, third] = members.map(([personId]) => personId);
    return {
      id,
      name: id[0]?.toUpperCase() + id.slice(1),
      policyId: `PPOL${id.slice(0, 2).toUpperCase()}${index + 1}`,
      scheduleId: `PSCH${id.slice(0, 2).toUpperCase()}${index + 1}`,
      slackChannel: `#${id}`,
      levels: [id === EMPTY_FIRST_LEVEL ? [] : present(first), present(second), present(third)],
    };
  });
}

export function roles(): PracticeRole[] {
  return [
    {
      name: 'dingo',
      policyId: 'PPOLDGO',
      scheduleId: 'PSCHDGO',
      hours: '09:00-17:00',
      timeZone: 'Europe/London',
      person: 'PYARA15',
      levels: [['PYARA15'], ['PKOFI02']],
    },
    {
      name: 'owl',
      policyId: 'PPOLOWL',
      scheduleId: 'PSCHOWL',
      hours: '17:00-09:00',
      timeZone: 'Europe/London',
      person: YOU,
      levels: [[YOU], ['PNIAM12']],
    },
  ];
}

function present(id: string | undefined): string[] {
  return id === undefined ? [] : [id];
}

function emailOf(name: string): string {
  const first = name.split(' ')[0] ?? name;
  return `${first.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}@harbour.example`;
}
