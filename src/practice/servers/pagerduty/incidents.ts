import { author } from './author.ts';
import { applyAll, incidentOf, MOST_AT_ONCE, readChange } from './change-incident.ts';
import { selectIncidents } from './list-incidents.ts';
import { page } from './page.ts';
import { invalidInput, json, notFound, PagerRefusal } from './reply.ts';
import { bodyOf, isRecord, type Route } from './route.ts';
import { showIncident } from './show-incident.ts';

export const incidentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/incidents',
    answer: ({ world, request: { query } }) =>
      json(page(query, 'incidents', selectIncidents(world, query), (one) => showIncident(world, one, query))),
  },
  {
    method: 'POST',
    path: '/incidents',
    answer: (call) => {
      const person = author(call);
      const { incident: wanted } = bodyOf(call.request);
      if (!isRecord(wanted) || typeof wanted.title !== 'string' || !isRecord(wanted.service)) {
        throw invalidInput('Incident needs a title and a service');
      }
      const { id } = wanted.service;
      const service = call.world.state.services.find((candidate) => candidate.pagerId === id);
      if (service === undefined) throw notFound();
      const urgency = wanted.urgency === 'low' ? 'low' : 'high';
      const details = { created_by: person.name };
      const made = call.world.incidents.trigger({
        service: service.name,
        title: wanted.title,
        urgency,
        details,
      });
      return json(
        { incident: showIncident(call.world, incidentOf(call.world, made), call.request.query) },
        201,
      );
    },
  },
  {
    method: 'PUT',
    path: '/incidents',
    answer: (call) => {
      const { world, request } = call;
      const person = author(call);
      const { incidents: wanted } = bodyOf(request);
      if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every(isRecord)) {
        throw invalidInput('Incidents must be a list of incident references');
      }
      if (wanted.length > MOST_AT_ONCE) throw new PagerRefusal(413, 2001, 'Request Entity Too Large');
      const changes = wanted.map((one) => [incidentOf(world, one.id), readChange(world, one)] as const);
      applyAll(world, person, changes);
      return json({ incidents: changes.map(([incident]) => showIncident(world, incident, request.query)) });
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}',
    answer: ({ world, ids, request: { query } }) =>
      json({ incident: showIncident(world, incidentOf(world, ids[0]), query) }),
  },
  {
    method: 'PUT',
    path: '/incidents/{id}',
    answer: (call) => {
      const { world, request, ids } = call;
      const person = author(call);
      const { incident: wanted } = bodyOf(request);
      if (!isRecord(wanted)) throw invalidInput('Incident is missing');
      const incident = incidentOf(world, ids[0]);
      applyAll(world, person, [[incident, readChange(world, wanted)]]);
      return json({ incident: showIncident(world, incident, request.query) });
    },
  },
];
